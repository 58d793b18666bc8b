import type { Planned, Step } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import { isNameable, mostOfPolicy, type DenyObjectRead } from '../../operations/s3/object-denial';
import type { TagObject } from '../../operations/s3/tag-object';
import { denialFor, most, type ObjectFacts } from './read';

type Found = Extract<ObjectFacts, { kind: 'object' }>;

const allowed = 'Drawbridge, the role DrawbridgeBreakGlass and Macie';

export const plan = (facts: ObjectFacts, { target }: Asked): Planned => {
  const input = denialFor(target);
  if (facts.kind === 'missing')
    return {
      kind: 'compliant',
      because: `The ${facts.what} of ${target.id} does not exist any more.`,
    };
  if (facts.kind === 'unreadable') return { kind: 'refusal', because: facts.because };
  if (facts.denial === 'ours')
    return {
      kind: 'compliant',
      because: `The policy of ${input.bucket} denies reading this object to all but ${allowed}.`,
    };
  const because = whyNot(facts, input);
  if (because) return { kind: 'refusal', because };
  return {
    kind: 'plan',
    plan: {
      playbook: 'quarantine-s3-object',
      target,
      steps: stepsOf(facts, input),
      effects: [
        {
          what: `Who may read ${target.id}`,
          before: 'whoever the policies of bucket and account allow',
          after: `only ${allowed}`,
        },
      ],
      keeps: [
        'The object stays where it is, in all its versions; nothing is copied, moved or deleted.',
        `All other objects of ${input.bucket}, and the ${count(facts.others, 'other statement')} of its policy.`,
        'Who may delete or overwrite the object may do so still, and lifecycle rules go on.',
        'Who may change the bucket’s policy may still do so, and could lift this.',
      ],
      warnings: [
        'Applications, presigned links, CloudFront and replication that read this object get 403 from then on.',
        'Copies of it that were made before are not touched: replicas, backups, downloads.',
        'A template that owns the bucket’s policy takes the statement out at its next deployment: change it too.',
        ...(facts.newest
          ? []
          : ['The object was deleted, but older versions of it can be read: those are denied.']),
      ],
      blastRadius: radiusOf(facts, input, target.region),
      reversible: 'exactly',
    },
  };
};

const stepsOf = ({ newest }: Found, input: DenyObjectRead): Step[] => {
  const { bucket, key, account } = input;
  const tag: TagObject = {
    bucket,
    key,
    account,
    name: 'drawbridge:quarantined',
    value: 'quarantine-s3-object',
  };
  return [
    { operation: 's3.deny-object-read', input, phase: 'change' },
    // For those who look at it; the denial does not depend on it.
    ...(newest
      ? [{ operation: 's3.tag-object', input: tag, phase: 'change', optional: true } as const]
      : []),
  ];
};

const whyNot = (facts: Found, { bucket, key }: DenyObjectRead): string | undefined => {
  if (bucket.startsWith('drawbridge-'))
    return `${bucket} is one of Drawbridge’s own buckets: what is in them has its own way.`;
  if (!isNameable(key))
    return 'The object’s key has a letter that means others too in a policy (*, ? or $): it cannot be denied alone.';
  if (facts.denial === 'altered')
    return `The policy of ${bucket} has a statement with our name for this object, but somebody has rewritten it: look at it first.`;
  if (facts.stuck)
    return `The policy of ${bucket} is public and S3 refuses to write public policies: nothing can be added to it. Block public access takes no policy away; make the policy narrower first.`;
  if (facts.bytes > mostOfPolicy)
    return `The policy of ${bucket} would have ${facts.bytes} bytes with one more statement, and S3 takes ${mostOfPolicy}: shorten it first.`;
  return undefined;
};

const radiusOf = (
  { versions, newest, bytes }: Found,
  { bucket }: DenyObjectRead,
  region: string,
): string[] => [
  `One object in the bucket ${bucket} in ${region}, ${versions === most ? `${most} or more versions` : count(versions, 'version')}.`,
  ...(newest ? [`Its newest version has ${newest.size} bytes and is of ${newest.modified}.`] : []),
  `The bucket’s policy will have ${bytes} of ${mostOfPolicy} bytes.`,
];

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
