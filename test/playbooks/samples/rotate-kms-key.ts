import { Target } from '../../../src/domain/target';
import { account, region } from '../../support/builders';
import { MemoryKms } from '../../support/memory-kms';
import type { Worlds } from './worlds';

const id = '0a1b2c3d-0000-4444-8888-000000000001';

const key = (rotation?: number) => (): MemoryKms => {
  const kms = new MemoryKms();
  kms.key(id, { Description: 'orders' }, { rotation, aliases: ['alias/orders'] });
  return kms;
};

export const rotateKmsKey: Worlds = {
  target: Target.parse({ kind: 'AwsKmsKey', id, account, region }),
  toChange: key(),
  compliant: key(90),
};
