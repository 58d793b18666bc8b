import { unlessAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';
import {
  blocked,
  blockOf,
  configurationOf,
  driftOf,
  isBlocked,
  isTakenBack,
  takenBack,
  type AccessBlock,
} from './access-block';

/** All four settings of an account: they bind every bucket and access point in it, in all Regions. */
export type BlockAccountPublicAccess = { readonly account: string };

const changes = ['s3:PutAccountPublicAccessBlock'];

export const blockAccountPublicAccess: Reversible<BlockAccountPublicAccess, AccessBlock> = {
  kind: 's3.block-account-public-access',
  describe: ({ account }) => `Block public access to all S3 buckets of account ${account}`,
  read: (aws, input) => readAccountBlock(aws, input),
  holds: isBlocked,
  async apply(aws, input, now) {
    if (!isBlocked(now)) await put(aws, input, blocked);
  },
  async undo(aws, input, before, now) {
    if (isTakenBack(before, now)) return;
    if (before.configured) await put(aws, input, takenBack(before, now));
    else await aws.call('s3control:DeletePublicAccessBlock', { AccountId: input.account });
  },
  restored: (state, _, before) => isTakenBack(before, state),
  drift: driftOf,
  permissions: { read: ['s3:GetAccountPublicAccessBlock'], apply: changes, undo: changes },
};

export const readAccountBlock = async (
  aws: Aws,
  { account }: BlockAccountPublicAccess,
): Promise<AccessBlock> => {
  const found = await unlessAbsent(
    aws.call('s3control:GetPublicAccessBlock', { AccountId: account }),
    'NoSuchPublicAccessBlockConfiguration',
  );
  return blockOf(found?.PublicAccessBlockConfiguration);
};

const put = async (
  aws: Aws,
  { account }: BlockAccountPublicAccess,
  block: AccessBlock,
): Promise<void> => {
  await aws.call('s3control:PutPublicAccessBlock', {
    AccountId: account,
    PublicAccessBlockConfiguration: configurationOf(block),
  });
};
