import type { KeyMetadata } from '@aws-sdk/client-kms';
import { Told } from '../../domain/errors';
import type { Asked } from '../../domain/playbook';
import { isAwsError, type Aws } from '../../operations/aws';
import { readRotation, type KeyRotation } from '../../operations/kms/enable-key-rotation';
import { whyNot } from './why-not';

/** The key as it stands, in KMS's words; `unknown` where KMS says nothing. */
export type KeyFacts =
  | { kind: 'missing' }
  | {
      kind: 'key';
      id: string;
      manager: string;
      spec: string;
      origin: string;
      state: string;
      description: string;
      /** ARN of the primary key that this one follows. */
      replicaOf?: string;
      /** Regions of the replicas that follow this one. */
      replicas: readonly string[];
      aliases: readonly string[];
      /** Absent where KMS cannot rotate such a key. */
      rotation?: KeyRotation;
    };

export const permissions = [
  'kms:DescribeKey',
  'kms:GetKeyRotationStatus',
  'kms:ListAliases',
] as const;

export const read = async (aws: Aws, { target }: Asked): Promise<KeyFacts> => {
  const key = await describe(aws, target.id);
  if (!key) return { kind: 'missing' };
  const { KeyId: id = target.id, MultiRegionConfiguration: regions } = key;
  const isReplica = regions?.MultiRegionKeyType === 'REPLICA';
  const facts = {
    kind: 'key',
    id,
    manager: key.KeyManager ?? 'unknown',
    spec: key.KeySpec ?? 'unknown',
    origin: key.Origin ?? 'unknown',
    state: key.KeyState ?? 'unknown',
    description: key.Description ?? '',
    ...(isReplica && { replicaOf: regions.PrimaryKey?.Arn ?? 'unknown' }),
    replicas: (regions?.ReplicaKeys ?? []).flatMap(({ Region }) => Region ?? []),
    aliases: await listAliases(aws, id),
  } as const;
  // KMS answers for no other keys.
  return whyNot(facts) ? facts : { ...facts, rotation: await readRotation(aws, id) };
};

const describe = async (aws: Aws, KeyId: string): Promise<KeyMetadata | undefined> => {
  try {
    const { KeyMetadata: key } = await aws.call('kms:DescribeKey', { KeyId });
    if (!key) throw new Told(`KMS answered without the key ${KeyId}.`);
    return key;
  } catch (error) {
    if (isAwsError(error, 'NotFoundException')) return undefined;
    throw error;
  }
};

const listAliases = async (aws: Aws, KeyId: string): Promise<string[]> => {
  let page = await aws.call('kms:ListAliases', { KeyId });
  const aliases = [...(page.Aliases ?? [])];
  while (page.Truncated && page.NextMarker) {
    page = await aws.call('kms:ListAliases', { KeyId, Marker: page.NextMarker });
    aliases.push(...(page.Aliases ?? []));
  }
  return aliases.flatMap(({ AliasName }) => AliasName ?? []);
};
