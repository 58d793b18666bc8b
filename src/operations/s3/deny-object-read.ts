import { hash } from '../../domain/canonical';
import { Told } from '../../domain/errors';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';
import {
  bucketOf,
  bytesOf,
  mostOfPolicy,
  readDocument,
  standingOf,
  textOf,
  withDenial,
  without,
  type DenyObjectRead,
  type Document,
} from './object-denial';

/** `others` is a hash of what else the policy says: a policy may be long, and is nobody's business here. */
export type Denial = {
  readonly denial: 'none' | 'ours' | 'altered';
  readonly others: string;
};

/** One statement in the bucket's policy. All others stay, word for word. */
export const denyObjectRead: Reversible<DenyObjectRead, Denial> = {
  kind: 's3.deny-object-read',
  describe: ({ bucket, key }) =>
    `Deny all but Drawbridge and break-glass to read ${shortened(key)} of ${bucket}`,
  read: async (aws, input) => stateOf(await readDocument(aws, bucketOf(input)), input),
  holds: ({ denial }) => denial === 'ours',
  async apply(aws, input, now) {
    if (now.denial === 'ours') return;
    if (now.denial === 'altered')
      throw new Told(
        'The bucket’s policy has a statement with our name that says something else: it stays, look at it first.',
      );
    // Read again, as late as can be: S3 writes a policy whole, and knows no condition on what stood there.
    const Policy = withDenial(await readDocument(aws, bucketOf(input)), input);
    if (bytesOf(Policy) > mostOfPolicy)
      throw new Told(
        `The policy of ${input.bucket} would be longer than the 20 KB that S3 takes: it stays as it is.`,
      );
    await aws.call('s3:PutBucketPolicy', { ...bucketOf(input), Policy });
  },
  async undo(aws, input, before, now) {
    if (before.denial === 'ours' || now.denial !== 'ours') return;
    const found = await readDocument(aws, bucketOf(input));
    if (found && standingOf(found, input) === 'ours')
      await write(aws, input, without(found, input));
  },
  restored: (now, _, before) => before.denial === 'ours' || now.denial !== 'ours',
  drift: (after, now) => [
    ...(after.denial === now.denial
      ? []
      : [`the denial was ${now.denial === 'none' ? 'removed' : 'changed'} since`]),
    ...(after.others === now.others ? [] : ['the rest of the bucket’s policy was changed since']),
  ],
  permissions: {
    read: ['s3:GetBucketPolicy'],
    apply: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'],
    undo: ['s3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:PutBucketPolicy'],
  },
};

/** On one line; the end of a key says more than its beginning. */
const shortened = (key: string): string => {
  const line = key.replace(/\s+/g, ' ').toWellFormed();
  return line.length > 30 ? `…${line.slice(-29)}` : line;
};

const stateOf = (found: Document | undefined, input: DenyObjectRead): Denial => {
  const { statements, rest } = found ? without(found, input) : { statements: [], rest: {} };
  // A policy that is ours alone goes with our statement, so it is as none.
  return {
    denial: found ? standingOf(found, input) : 'none',
    others: statements.length === 0 ? '' : hash([rest, [...statements]]),
  };
};

const write = async (aws: Aws, input: DenyObjectRead, left: Document): Promise<void> => {
  if (left.statements.length === 0) await aws.call('s3:DeleteBucketPolicy', bucketOf(input));
  else await aws.call('s3:PutBucketPolicy', { ...bucketOf(input), Policy: textOf(left) });
};
