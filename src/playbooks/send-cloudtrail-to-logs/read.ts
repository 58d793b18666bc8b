import type { Asked } from '../../domain/playbook';
import type { Target } from '../../domain/target';
import type { Aws } from '../../operations/aws';
import { findTrail, outOfReach, type Trail } from '../../operations/cloudtrail/trail';
import { roleArn } from '../../operations/iam/role-arn';
import { describeLogGroup } from '../../operations/logs/create-log-group';

export type TrailFacts =
  | { kind: 'missing' }
  /** Not to be changed from here, in words; what it is attached to cannot be seen from here either. */
  | { kind: 'out of reach'; because: string }
  | {
      kind: 'trail';
      trail: Trail;
      /** What the trail names; `elsewhere` is an account or Region that this session does not see. */
      attached: 'nothing' | 'standing' | 'gone' | 'elsewhere';
      /** Is a log group of the name that we would give it there already? */
      group: 'absent' | 'standing';
      /** ARN of the role by which CloudTrail writes; nothing where the account lacks it. */
      role: string | undefined;
    };

/** Provided by infra/member-account.yml. */
export const deliveryRole = 'DrawbridgeCloudTrailToLogs';

export const permissions = [
  'cloudtrail:DescribeTrails',
  'iam:GetRole',
  'logs:DescribeLogGroups',
] as const;

export const groupFor = (trail: Trail): string => `/drawbridge/cloudtrail/${trail.name}`;

export const read = async (aws: Aws, { target }: Asked): Promise<TrailFacts> => {
  const trail = await findTrail(aws, target);
  if (!trail) return { kind: 'missing' };
  const because = outOfReach(trail, target);
  if (because) return { kind: 'out of reach', because };
  const [attached, group, role] = await Promise.all([
    attachedTo(aws, trail, target),
    describeLogGroup(aws, groupFor(trail)),
    roleArn(aws, deliveryRole),
  ]);
  return { kind: 'trail', trail, attached, group: group ? 'standing' : 'absent', role };
};

const attachedTo = async (aws: Aws, { logGroup }: Trail, { account, region }: Target) => {
  if (logGroup === '') return 'nothing';
  const [, , , itsRegion, itsAccount, , ...name] = logGroup.replace(/:\*$/, '').split(':');
  if (itsRegion !== region || itsAccount !== account) return 'elsewhere';
  return (await describeLogGroup(aws, name.join(':'))) ? 'standing' : 'gone';
};
