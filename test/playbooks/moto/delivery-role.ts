import { CreateRoleCommand, EntityAlreadyExistsException, IAMClient } from '@aws-sdk/client-iam';
import type { ClientSettings } from '../../../sandbox/stack';

/** A role by which an AWS service writes logs, as infra/member-account.yml makes it. */
export const deliveryRole = async (
  settings: ClientSettings,
  RoleName: string,
  service: string,
): Promise<void> => {
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
  try {
    await new IAMClient(settings).send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }),
    );
  } catch (error) {
    if (!(error instanceof EntityAlreadyExistsException)) throw error;
  }
};
