import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  BatchImportFindingsCommand,
  EnableSecurityHubCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { consolidated } from '../../sandbox/estate/asff';
import { controlWords } from '../../sandbox/estate/control-words';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { security, workloads } from './road';

/** One more group of the workloads account, open to everybody by SSH. */
export const openGroup = async (world: World): Promise<string> => {
  const ec2 = new EC2Client(asAccount(world.edge.url, workloads));
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'batch', Description: 'batch' }),
  );
  const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }));
  return GroupId;
};

const hub = (world: World) => new SecurityHubClient(asAccount(world.edge.url, security));

/** Opens Security Hub. */
export const watch = async (world: World): Promise<void> => {
  await hub(world).send(new EnableSecurityHubCommand({ EnableDefaultStandards: false }));
};

/** Security Hub finds all of these groups open to everybody. */
export const report = async (world: World, groups: readonly string[]): Promise<void> => {
  const arn = (id: string) => `arn:aws:ec2:us-east-1:${workloads}:security-group/${id}`;
  const Findings = groups.map((id) => {
    const resource = { Type: 'AwsEc2SecurityGroup', Id: arn(id) };
    return consolidated({ control: 'EC2.13', ...controlWords['EC2.13'], resource }, new Date());
  });
  const { FailedCount } = await hub(world).send(new BatchImportFindingsCommand({ Findings }));
  if (FailedCount) throw new Error(`Security Hub refused ${FailedCount} findings`);
};
