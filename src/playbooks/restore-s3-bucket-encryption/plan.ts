import type { Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import {
  encryptionWords,
  type SetBucketEncryption,
} from '../../operations/s3/set-bucket-encryption';
import type { EncryptionFacts } from './read';

type Bucket = Extract<EncryptionFacts, { kind: 'bucket' }>;

export const plan = (facts: EncryptionFacts, { target }: Asked): Planned => {
  const { id, account } = target;
  if (facts.kind === 'missing')
    return { kind: 'compliant', because: `The bucket ${id} does not exist any more.` };
  if (facts.kind === 'unreadable')
    return {
      kind: 'refusal',
      because: facts.denied
        ? `AWS does not show how ${id} is encrypted, or its policy. Either the bucket is not of account ${account}, or its policy denies Drawbridge to look.`
        : `Which key ${id} is meant to have cannot be told: its policy has a form that is not known here.`,
    };
  const { encryption, demanded } = facts;
  const [rule] = encryption;
  if (rule && rule.algorithm !== 'AES256')
    return {
      kind: 'compliant',
      because: `New objects of ${id} are encrypted with ${encryptionWords(encryption)}.`,
    };
  if (rule && demanded.length === 0)
    return {
      kind: 'compliant',
      because: `New objects of ${id} are encrypted with ${encryptionWords(encryption)}. Its policy asks for no KMS key; if it had one, only its owners know which.`,
    };
  const because = whyNot(facts, id);
  if (because) return { kind: 'refusal', because };
  const [key] = demanded;
  return planned(facts, { bucket: id, account, ...(key !== undefined && { key }) }, target);
};

const whyNot = ({ demanded, state }: Bucket, id: string): string | undefined => {
  const [key] = demanded;
  if (key === undefined) return undefined;
  if (demanded.length > 1)
    return `The policy of ${id} asks for ${demanded.length} KMS keys, and a bucket has one by default: choose it by hand.`;
  if (state === 'Enabled') return undefined;
  return state === undefined
    ? `The policy of ${id} asks for the key ${key}, which KMS does not show to Drawbridge: with a key that does not work, uploads fail.`
    : `The policy of ${id} asks for the key ${key}, which KMS calls ${state}: uploads would fail.`;
};

const planned = (
  { encryption }: Bucket,
  input: SetBucketEncryption,
  target: Asked['target'],
): Planned => {
  const { bucket, key } = input;
  return {
    kind: 'plan',
    plan: {
      playbook: 'restore-s3-bucket-encryption',
      target,
      steps: [{ operation: 's3.set-bucket-encryption', input, phase: 'change' }],
      effects: [
        {
          what: 'Default encryption of new objects',
          before: encryptionWords(encryption),
          after: key === undefined ? 'SSE-S3, a key of S3' : `KMS, key ${key}`,
        },
      ],
      keeps: [
        'Objects that are there stay encrypted as they are; nothing is written again.',
        'An upload that names its own encryption gets it, as before.',
      ],
      warnings:
        key === undefined
          ? []
          : [
              'Whoever uploads or reads new objects needs the use of this key from then on: kms:GenerateDataKey and kms:Decrypt.',
              `What was uploaded since the setting went is encrypted without the key, and stays so.`,
            ],
      blastRadius: [
        `Bucket ${bucket} in ${target.region}.`,
        key === undefined ? 'Its policy asks for no KMS key.' : `Its policy asks for ${key}.`,
      ],
      reversible: 'exactly',
    },
  };
};
