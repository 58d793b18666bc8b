import { Told } from '../../domain/errors';
import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';

export type DeactivateAccessKey = { readonly user: string; readonly accessKeyId: string };

/** `Active`, `Inactive` or another word of IAM’s; `gone` when the key or its user was deleted. */
export type AccessKeyStatus = { readonly status: string };

const permissions = ['iam:UpdateAccessKey'];

/** The key keeps its secret, so it works again once it is active again. It is never deleted. */
export const deactivateAccessKey: Reversible<DeactivateAccessKey, AccessKeyStatus> = {
  kind: 'iam.deactivate-access-key',
  describe: ({ user, accessKeyId }) => `Deactivate access key ${keyText(accessKeyId)} of ${user}`,
  async read(aws, { user, accessKeyId }) {
    const keys = await listAccessKeys(aws, user);
    const found = keys?.find((key) => key.AccessKeyId === accessKeyId);
    return { status: found ? (found.Status ?? 'unknown') : 'gone' };
  },
  // Nobody signs with a key that is gone either.
  holds: ({ status }) => status === 'Inactive' || status === 'gone',
  async apply(aws, input, { status }) {
    if (status === 'Inactive' || status === 'gone') return;
    try {
      await setStatus(aws, input, 'Inactive');
    } catch (error) {
      if (!isNoSuchEntity(error)) throw error;
    }
  },
  async undo(aws, input, before, now) {
    if (before.status !== 'Active' || now.status === 'Active') return;
    if (now.status === 'gone')
      throw new Told(
        `Access key ${keyText(input.accessKeyId)} of ${input.user} was deleted meanwhile, and AWS cannot bring it back: its user needs a new key.`,
      );
    await setStatus(aws, input, 'Active');
  },
  restored: ({ status }, _, before) => before.status !== 'Active' || status === 'Active',
  drift: (after, now) =>
    after.status === now.status
      ? []
      : [now.status === 'gone' ? 'key deleted since' : `key became ${now.status} since`],
  permissions: { read: ['iam:ListAccessKeys'], apply: permissions, undo: permissions },
};

const setStatus = (
  aws: Aws,
  { user, accessKeyId }: DeactivateAccessKey,
  Status: 'Active' | 'Inactive',
) => aws.call('iam:UpdateAccessKey', { UserName: user, AccessKeyId: accessKeyId, Status });

/** All keys of the user, over all pages; nothing when there is no such user. */
export const listAccessKeys = async (aws: Aws, user: string) => {
  try {
    let page = await aws.call('iam:ListAccessKeys', { UserName: user });
    const keys = [...(page.AccessKeyMetadata ?? [])];
    while (page.IsTruncated && page.Marker) {
      page = await aws.call('iam:ListAccessKeys', { UserName: user, Marker: page.Marker });
      keys.push(...(page.AccessKeyMetadata ?? []));
    }
    return keys;
  } catch (error) {
    if (isNoSuchEntity(error)) return undefined;
    throw error;
  }
};

/** The SDK calls it by its class, IAM itself by the code. */
export const isNoSuchEntity = (error: unknown): boolean =>
  isAwsError(error, 'NoSuchEntityException', 'NoSuchEntity');

/** `…WXYZ`: enough to tell a user's two keys apart. */
export const keyText = (accessKeyId: string): string => `…${accessKeyId.slice(-4)}`;
