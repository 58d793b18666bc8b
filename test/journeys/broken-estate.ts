import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CloudTrailClient, CreateTrailCommand, GetTrailCommand } from '@aws-sdk/client-cloudtrail';
import { CreateKeyCommand, GetKeyRotationStatusCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateDBInstanceCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { consolidated } from '../../sandbox/estate/asff';
import type { ClientSettings } from '../../sandbox/stack';
import { workloads } from './road';

/** Something that is wrong, and how it stands: as the estate itself says, never as our records do. */
export interface Broken {
  /** What people call it, as its card does. */
  readonly name: string;
  readonly finding: AwsSecurityFinding;
  readonly before: string;
  readonly planned: string;
  look(): Promise<string>;
}

type Severity = 'HIGH' | 'LOW';
type Make = (settings: ClientSettings, index: number, severity: Severity) => Promise<Broken>;

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:us-east-1:${workloads}:${resource}`;

const broken = async (
  facts: { name: string; control: string; severity: Severity; type: string; id: string },
  planned: string,
  look: () => Promise<string>,
): Promise<Broken> => {
  const { name, control, severity, type, id } = facts;
  const uuid = `${control}-${name}`.toLowerCase();
  const words = { title: `${control} of ${name}`, description: `${control} failed for ${name}.` };
  const resource = { Type: type, Id: id };
  const finding = consolidated({ control, uuid, severity, resource, ...words }, new Date());
  return { name, finding, planned, look, before: await look() };
};

/** SSH for the world in one rule or hidden in a wider one, beside a rule that must stay. */
const group: Make = async (settings, index, severity) => {
  const ec2 = new EC2Client(settings);
  const made = { GroupName: `open-${index}`, Description: `open ${index}` };
  const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(made));
  const world = { IpRanges: [{ CidrIp: '0.0.0.0/0', Description: `for ${index}` }] };
  const tcp = (FromPort: number, ToPort: number) => ({ IpProtocol: 'tcp', FromPort, ToPort });
  const wide = index % 3 === 0;
  const open = wide ? tcp(20, 25) : tcp(22, 22);
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [
        { ...open, ...world },
        { ...tcp(443, 443), ...world },
      ],
    }),
  );
  const look = async (): Promise<string> => {
    const Filters = [{ Name: 'group-id', Values: [GroupId] }];
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters }),
    );
    return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress)
      .map((r) => `${r.FromPort}-${r.ToPort} ${r.CidrIpv4} ${r.Description}`)
      .sort()
      .join(', ');
  };
  const stays = [...(wide ? ['20-21', '23-25'] : []), '443-443'];
  return broken(
    {
      name: GroupId,
      control: 'EC2.13',
      severity,
      type: 'AwsEc2SecurityGroup',
      id: arn('ec2', `security-group/${GroupId}`),
    },
    stays.map((ports) => `${ports} 0.0.0.0/0 for ${index}`).join(', '),
    look,
  );
};

const key: Make = async (settings, _, severity) => {
  const kms = new KMSClient(settings);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId ?? '';
  const id = arn('kms', `key/${KeyId}`);
  return broken(
    { name: KeyId, control: 'KMS.4', severity, type: 'AwsKmsKey', id },
    'rotated: true',
    async () => {
      const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
      return `rotated: ${KeyRotationEnabled}`;
    },
  );
};

const instance: Make = async (settings, _, severity) => {
  const ec2 = new EC2Client(settings);
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: Images[0]?.ImageId ?? '',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 3 },
    }),
  );
  const name = Instances[0]?.InstanceId ?? '';
  const id = arn('ec2', `instance/${name}`);
  return broken(
    { name, control: 'EC2.8', severity, type: 'AwsEc2Instance', id },
    'tokens required, 3 hops',
    async () => {
      const { Reservations = [] } = await ec2.send(
        new DescribeInstancesCommand({ InstanceIds: [name] }),
      );
      const options = Reservations[0]?.Instances?.[0]?.MetadataOptions;
      return `tokens ${options?.HttpTokens}, ${options?.HttpPutResponseHopLimit} hops`;
    },
  );
};

const trail: Make = async (settings, index, severity) => {
  const cloudtrail = new CloudTrailClient(settings);
  const Name = `trail-${index}`;
  await cloudtrail.send(new CreateTrailCommand({ Name, S3BucketName: `${Name}-logs` }));
  const id = arn('cloudtrail', `trail/${Name}`);
  return broken(
    { name: Name, control: 'CloudTrail.4', severity, type: 'AwsCloudTrailTrail', id },
    'validated: true',
    async () => {
      const { Trail } = await cloudtrail.send(new GetTrailCommand({ Name }));
      return `validated: ${Trail?.LogFileValidationEnabled}`;
    },
  );
};

const database: Make = async (settings, index, severity) => {
  const rds = new RDSClient(settings);
  const DBInstanceIdentifier = `orders-${index}`;
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier,
      DBInstanceClass: 'db.t3.micro',
      Engine: 'postgres',
      AllocatedStorage: 20,
      MasterUsername: 'orders',
      MasterUserPassword: 'not-a-real-secret',
      PubliclyAccessible: true,
    }),
  );
  const id = arn('rds', `db:${DBInstanceIdentifier}`);
  return broken(
    { name: DBInstanceIdentifier, control: 'RDS.2', severity, type: 'AwsRdsDbInstance', id },
    'public: false',
    async () => {
      const { DBInstances = [] } = await rds.send(
        new DescribeDBInstancesCommand({ DBInstanceIdentifier }),
      );
      return `public: ${DBInstances[0]?.PubliclyAccessible}`;
    },
  );
};

const tenth = [group, group, group, group, group, group, key, key, instance, trail] as const;

/** So many broken things: mostly groups, and of each hundred ten to twenty keys, instances, trails and databases. */
export const breakThings = async (settings: ClientSettings, count: number): Promise<Broken[]> => {
  const make = (index: number): Promise<Broken> => {
    const kind = index % 20 === 19 ? database : tenth[index % 10]!;
    // Two severities go to two channels, each of which Slack lets speak once a second.
    return kind(settings, index, Math.floor(index / 10) % 2 === 0 ? 'HIGH' : 'LOW');
  };
  return Promise.all(Array.from({ length: count }, (_, index) => make(index)));
};
