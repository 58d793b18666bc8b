import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { restoreS3BucketEncryption as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type EncryptionFacts } from './read';

export const restoreS3BucketEncryption: Playbook<EncryptionFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
