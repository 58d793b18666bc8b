import { CreateRoleCommand, EntityAlreadyExistsException, IAMClient } from '@aws-sdk/client-iam';

import type { ClientSettings } from '../stack';

// As infra/member-account.yml makes them.
const services = {
  DrawbridgeCloudTrailToLogs: 'cloudtrail.amazonaws.com',
  DrawbridgeFlowLogs: 'vpc-flow-logs.amazonaws.com',
};

/** The roles by which AWS services write logs. Made again, they stay. */
export const createDeliveryRoles = async (settings: ClientSettings): Promise<void> => {
  const iam = new IAMClient(settings);
  for (const [RoleName, Service] of Object.entries(services)) {
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
    });
    try {
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    } catch (error) {
      if (!(error instanceof EntityAlreadyExistsException)) throw error;
    }
  }
};
