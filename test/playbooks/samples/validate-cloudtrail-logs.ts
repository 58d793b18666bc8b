import { aTarget } from '../../support/builders';
import { MemoryAws } from '../../support/memory-aws';
import { MemoryCloudTrail } from '../../support/memory-cloudtrail';
import type { Worlds } from './worlds';

export const validateCloudtrailLogs: Worlds = {
  target: { ...aTarget, kind: 'AwsCloudTrailTrail', id: 'main' },
  toChange: () => new MemoryAws(new MemoryCloudTrail().trail().handlers),
  compliant: () =>
    new MemoryAws(new MemoryCloudTrail().trail({ LogFileValidationEnabled: true }).handlers),
};
