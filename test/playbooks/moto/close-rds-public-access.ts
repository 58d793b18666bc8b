import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { targetIn } from './target';
import type { Seed } from './seed';

/** A public database, and a group that lets everybody in. */
export const closeRdsPublicAccess: Seed = async (settings) => {
  const ec2 = new EC2Client(settings);
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'orders-db', Description: 'orders' }),
  );
  const everybody = [{ CidrIp: '0.0.0.0/0' }];
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: everybody }],
    }),
  );
  const DBInstanceIdentifier = 'orders-open';
  await new RDSClient(settings).send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier,
      DBInstanceClass: 'db.t3.micro',
      Engine: 'postgres',
      AllocatedStorage: 20,
      MasterUsername: 'orders',
      MasterUserPassword: 'not-a-real-secret',
      PubliclyAccessible: true,
      VpcSecurityGroupIds: [GroupId],
    }),
  );
  return { target: targetIn('AwsRdsDbInstance', DBInstanceIdentifier), control: 'RDS.2' };
};
