import type { Asked } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { findTrail, type Trail } from '../../operations/cloudtrail/trail';

/** The trail as it stands: `missing` when it is gone. */
export type TrailFacts = { kind: 'missing' } | { kind: 'trail'; trail: Trail };

export const permissions = ['cloudtrail:DescribeTrails'] as const;

export const read = async (aws: Aws, { target }: Asked): Promise<TrailFacts> => {
  const trail = await findTrail(aws, target);
  return trail ? { kind: 'trail', trail } : { kind: 'missing' };
};
