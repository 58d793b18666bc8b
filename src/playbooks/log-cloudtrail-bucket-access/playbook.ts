import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { logCloudtrailBucketAccess as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type BucketFacts } from './read';

export const logCloudtrailBucketAccess: Playbook<BucketFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
