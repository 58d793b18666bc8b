import { createTrail } from './create-trail';
import type { Seed } from './seed';
import { targetIn } from './target';

export const validateCloudtrailLogs: Seed = async (settings) => {
  await createTrail(settings, 'unsigned');
  return { target: targetIn('AwsCloudTrailTrail', 'unsigned'), control: 'CloudTrail.4' };
};
