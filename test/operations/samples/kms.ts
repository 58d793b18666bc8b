import type { EnableKeyRotation } from '../../../src/operations/kms/enable-key-rotation';
import { MemoryKms } from '../../support/memory-kms';
import type { Sample } from './sample';

const keyId = '0a1b2c3d-0000-4444-8888-000000000001';
const rotating = (rotation?: number) => (): MemoryKms => {
  const kms = new MemoryKms();
  kms.key(keyId, {}, { rotation });
  return kms;
};
const enable = (name: string, more: Partial<EnableKeyRotation>, rotation?: number): Sample => ({
  name,
  input: { keyId, ...more },
  world: rotating(rotation),
});

export const enableKeyRotation: readonly Sample[] = [
  enable('rotation that is off', {}),
  enable('rotation that is off, with a period', { periodDays: 180 }),
  enable('rotation that is on', {}, 90),
];
