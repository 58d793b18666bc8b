import { IAMClient, UpdateAccountPasswordPolicyCommand } from '@aws-sdk/client-iam';
import { workloads } from '../../../sandbox/estate';
import type { Seed } from './seed';
import { targetIn } from './target';

export const strengthenIamPasswordPolicy: Seed = async (settings) => {
  await new IAMClient(settings).send(
    new UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: 20,
      RequireSymbols: true,
      AllowUsersToChangePassword: true,
    }),
  );
  return { target: targetIn('AwsAccount', workloads), control: 'IAM.17' };
};
