import type { Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import { lacks } from '../../operations/s3/log-bucket';
import type { SetBucketLogging } from '../../operations/s3/set-bucket-logging';
import { specFor, type BucketFacts } from './read';

export const plan = (facts: BucketFacts, { target }: Asked): Planned => {
  const bucket = target.id;
  if (facts.kind === 'missing')
    return { kind: 'compliant', because: `The bucket ${bucket} does not exist any more.` };
  if (facts.kind === 'elsewhere')
    return {
      kind: 'refusal',
      because: `The bucket ${bucket} is in ${facts.region}, not in ${target.region} as the finding says.`,
    };
  const { logging, log } = facts;
  if (logging.logBucket !== '')
    return {
      kind: 'compliant',
      because: `Access to ${bucket} is logged in ${logging.logBucket} already.`,
    };
  const spec = specFor(target);
  if (log.kind === 'taken')
    return {
      kind: 'refusal',
      because: `The bucket name ${spec.name} is taken: the bucket is another account’s, in another Region, or does not let Drawbridge look.`,
    };
  const missing = log.kind === 'bucket' ? lacks(log, spec) : [];
  if (missing.length > 0)
    return {
      kind: 'refusal',
      because: `The bucket ${spec.name} is there already, but cannot take the logs: ${missing.join(', ')}.`,
    };
  const create = log.kind === 'absent';
  const set: SetBucketLogging = {
    bucket,
    account: target.account,
    logBucket: spec.name,
    prefix: `${bucket}/`,
  };
  return {
    kind: 'plan',
    plan: {
      playbook: 'log-cloudtrail-bucket-access',
      target,
      steps: [
        // First the bucket, then the logging: S3 takes no bucket that is not there.
        ...(create
          ? [{ operation: 's3.create-log-bucket', input: spec, phase: 'change' as const }]
          : []),
        { operation: 's3.set-bucket-logging', input: set, phase: 'change' },
      ],
      effects: [
        ...(create ? [{ what: 'Bucket for access logs', before: 'none', after: spec.name }] : []),
        {
          what: 'Server access logging',
          before: 'off',
          after: `to ${spec.name}, under ${set.prefix}`,
        },
      ],
      keeps: [
        `The objects, the policy and all other settings of ${bucket}`,
        ...(create ? [] : [`The bucket ${spec.name} as it is`]),
      ],
      warnings: [],
      blastRadius: [
        `CloudTrail goes on writing to ${bucket}, and its readers go on reading: nobody notices.`,
        `S3 writes what was asked of ${bucket} to ${spec.name} within hours; the logs are stored at the price of S3 and kept until somebody deletes them.`,
        `Only S3 can write to ${spec.name}, only for ${bucket}; public access is blocked, and it needs no access logging of its own.`,
        'An undo deletes the log bucket only while nothing is in it.',
      ],
      reversible: 'exactly',
    },
  };
};
