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

/** All four settings of one bucket. The account must own it: a name may have passed to somebody else. */
export type BlockPublicAccess = { readonly bucket: string; readonly account: string };

const changes = ['s3:PutBucketPublicAccessBlock'];

export const blockPublicAccess: Reversible<BlockPublicAccess, AccessBlock> = {
  kind: 's3.block-public-access',
  describe: ({ bucket }) => `Block public access to the bucket ${bucket}`,
  read: (aws, input) => readBucketBlock(aws, input),
  holds: isBlocked,
  async apply(aws, input, now) {
    if (!isBlocked(now)) await put(aws, input, blocked);
  },
  async undo(aws, input, before, now) {
    if (isTakenBack(before, now)) return;
    const { bucket: Bucket, account: ExpectedBucketOwner } = input;
    if (before.configured) await put(aws, input, takenBack(before, now));
    else await aws.call('s3:DeletePublicAccessBlock', { Bucket, ExpectedBucketOwner });
  },
  restored: (state, _, before) => isTakenBack(before, state),
  drift: driftOf,
  permissions: { read: ['s3:GetBucketPublicAccessBlock'], apply: changes, undo: changes },
};

export const readBucketBlock = async (
  aws: Aws,
  { bucket, account }: BlockPublicAccess,
): Promise<AccessBlock> => {
  const found = await unlessAbsent(
    aws.call('s3:GetPublicAccessBlock', { Bucket: bucket, ExpectedBucketOwner: account }),
    'NoSuchPublicAccessBlockConfiguration',
  );
  return blockOf(found?.PublicAccessBlockConfiguration);
};

const put = async (
  aws: Aws,
  { bucket, account }: BlockPublicAccess,
  block: AccessBlock,
): Promise<void> => {
  await aws.call('s3:PutPublicAccessBlock', {
    Bucket: bucket,
    ExpectedBucketOwner: account,
    PublicAccessBlockConfiguration: configurationOf(block),
  });
};
