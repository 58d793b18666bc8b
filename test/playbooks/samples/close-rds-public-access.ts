import type { DBInstance } from '@aws-sdk/client-rds';
import { Target } from '../../../src/domain/target';
import { aDatabase, database } from '../../operations/samples/rds';
import { account, groupId, region } from '../../support/builders';
import { MemoryEc2 } from '../../support/memory-ec2';
import { memoryRds } from '../../support/memory-rds';
import type { Worlds } from './worlds';

const world = (more: DBInstance) => () => {
  const aws = new MemoryEc2(memoryRds([aDatabase(more)]));
  aws.group(groupId, [
    { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIpv4: '0.0.0.0/0' },
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '0.0.0.0/0' },
  ]);
  return aws;
};

export const closeRdsPublicAccess: Worlds = {
  target: Target.parse({ kind: 'AwsRdsDbInstance', id: database, account, region }),
  toChange: world({
    VpcSecurityGroups: [{ VpcSecurityGroupId: groupId, Status: 'active' }],
    PendingModifiedValues: { EngineVersion: '18.1' },
  }),
  compliant: world({ PubliclyAccessible: false }),
};
