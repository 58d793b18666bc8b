import type { KeyMetadata } from '@aws-sdk/client-kms';
import { awsError, MemoryAws, type Handlers } from './memory-aws';

interface MemoryKmsKey {
  metadata: KeyMetadata;
  /** Days between rotations; none while rotation is off. */
  rotation: number | undefined;
  aliases: string[];
}

/** KMS keys and their rotation in memory, refused where KMS refuses. */
export class MemoryKms extends MemoryAws {
  readonly keys = new Map<string, MemoryKmsKey>();
  pageSize = 50;

  constructor(...more: readonly Handlers[]) {
    // The handlers read fields that exist by the time of the first call.
    const handlers: Handlers = {};
    super(handlers, ...more);
    Object.assign(handlers, this.#calls);
  }

  key(id: string, metadata: Partial<KeyMetadata> = {}, more: Partial<MemoryKmsKey> = {}): void {
    this.keys.set(id, {
      rotation: undefined,
      aliases: [],
      ...more,
      metadata: {
        KeyId: id,
        Arn: `arn:aws:kms:eu-west-1:111122223333:key/${id}`,
        KeyManager: 'CUSTOMER',
        KeySpec: 'SYMMETRIC_DEFAULT',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeyState: 'Enabled',
        Origin: 'AWS_KMS',
        MultiRegion: false,
        ...metadata,
      },
    });
  }

  #find(id = ''): MemoryKmsKey {
    const found = this.keys.get(id);
    if (!found) throw awsError('NotFoundException');
    return found;
  }

  /** A key whose rotation may be spoken of. Only DescribeKey takes an alias. */
  #rotating(id: string | undefined, change = true): MemoryKmsKey {
    const key = this.#find(id);
    const { KeySpec, Origin, KeyManager, KeyState, MultiRegionConfiguration } = key.metadata;
    if (KeySpec !== 'SYMMETRIC_DEFAULT' || Origin !== 'AWS_KMS')
      throw awsError('UnsupportedOperationException');
    if (!change) return key;
    if (KeyManager !== 'CUSTOMER') throw awsError('AccessDeniedException');
    if (KeyState === 'Disabled') throw awsError('DisabledException');
    if (KeyState !== 'Enabled') throw awsError('KMSInvalidStateException');
    if (MultiRegionConfiguration?.MultiRegionKeyType === 'REPLICA')
      throw awsError('UnsupportedOperationException');
    return key;
  }

  readonly #calls: Handlers = {
    'kms:DescribeKey': ({ KeyId = '' }) => {
      const named = [...this.keys.values()].find(({ aliases }) => aliases.includes(KeyId));
      return { KeyMetadata: { ...(named ?? this.#find(KeyId)).metadata } };
    },
    'kms:ListAliases': ({ KeyId, Marker = '0' }) => {
      const { aliases } = this.#find(KeyId);
      const end = Number(Marker) + this.pageSize;
      const Truncated = end < aliases.length;
      return {
        Aliases: aliases.slice(Number(Marker), end).map((AliasName) => ({ AliasName })),
        Truncated,
        ...(Truncated && { NextMarker: String(end) }),
      };
    },
    'kms:GetKeyRotationStatus': ({ KeyId }) => {
      const { rotation } = this.#rotating(KeyId, false);
      return rotation === undefined
        ? { KeyRotationEnabled: false }
        : { KeyRotationEnabled: true, RotationPeriodInDays: rotation };
    },
    'kms:EnableKeyRotation': ({ KeyId, RotationPeriodInDays = 365 }) => {
      this.#rotating(KeyId).rotation = RotationPeriodInDays;
      return {};
    },
    'kms:DisableKeyRotation': ({ KeyId }) => {
      this.#rotating(KeyId).rotation = undefined;
      return {};
    },
  };
}
