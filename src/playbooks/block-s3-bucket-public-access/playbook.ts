import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { blockS3BucketPublicAccess as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type BucketFacts } from './read';

export const blockS3BucketPublicAccess: Playbook<BucketFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
