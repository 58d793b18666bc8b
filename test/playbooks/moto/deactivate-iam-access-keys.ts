import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import type { Seed } from './seed';
import { targetIn } from './target';

const day = 24 * 3_600_000;

/** A key cannot be made old, so it is asked about in a hundred days. */
export const deactivateIamAccessKeys: Seed = async (settings) => {
  const iam = new IAMClient(settings);
  const UserName = 'bob@acme';
  await iam.send(
    new CreateUserCommand({
      UserName,
      Path: '/division/web/',
      Tags: [{ Key: 'Owner', Value: 'web' }],
    }),
  );
  await iam.send(new CreateLoginProfileCommand({ UserName, Password: 'Correct-horse-9' }));
  await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  await iam.send(
    new UpdateAccessKeyCommand({
      UserName,
      AccessKeyId: AccessKey?.AccessKeyId ?? '',
      Status: 'Inactive',
    }),
  );
  const now = new Date(Date.now() + 100 * day).toISOString();
  return { target: targetIn('AwsIamUser', UserName), control: 'IAM.3', now };
};
