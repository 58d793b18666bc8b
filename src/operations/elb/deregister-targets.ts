import type {
  TargetDescription,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { Told } from '../../domain/errors';
import { unlessAbsent } from '../absent';
import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';

/** Takes an instance out of a target group of an Application, Network or Gateway load balancer. */
export type DeregisterTargets = {
  /** ARN. */
  readonly targetGroup: string;
  /** The instance by its id, or by the addresses of its interfaces: on whatever port it stands there. */
  readonly targets: readonly { readonly id: string; readonly port?: number }[];
};

/** One registration; the same target may have several, on ports of their own. */
export type Registered = {
  readonly id: string;
  readonly port?: number;
  readonly zone?: string;
  /** Server id of QUIC. */
  readonly quic?: string;
};
type State =
  | { readonly gone: false; readonly targets: readonly Registered[] }
  | { readonly gone: true };

export const deregisterTargets: Reversible<DeregisterTargets, State> = {
  kind: 'elb.deregister-targets',
  describe: ({ targetGroup, targets }) =>
    `Take ${listed(targets)} out of the target group ${nameOf(targetGroup)}`,
  async read(aws, { targetGroup, targets }) {
    const found = await unlessAbsent(
      aws.call('elasticloadbalancing:DescribeTargetHealth', { TargetGroupArn: targetGroup }),
      'TargetGroupNotFoundException',
      'TargetGroupNotFound',
    );
    if (!found) return { gone: true };
    const ids = new Set(targets.map(({ id }) => id));
    const registered = (found.TargetHealthDescriptions ?? []).filter(isRegistered);
    return {
      gone: false,
      targets: registered
        .flatMap(({ Target }) => (Target && ids.has(Target.Id ?? '') ? [registeredOf(Target)] : []))
        .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    };
  },
  holds: (state) => state.gone || state.targets.length === 0,
  async apply(aws, { targetGroup }, now) {
    if (now.gone || now.targets.length === 0) return;
    await aws.call('elasticloadbalancing:DeregisterTargets', {
      TargetGroupArn: targetGroup,
      Targets: now.targets.map(descriptionOf),
    });
  },
  async undo(aws, { targetGroup }, before, now) {
    const missing = missingOf(before, now);
    if (missing.length === 0) return;
    if (now.gone)
      throw new Told(
        `The target group ${nameOf(targetGroup)} was deleted meanwhile: ${listed(missing)} cannot be put back.`,
      );
    await register(aws, targetGroup, missing);
  },
  restored: (state, _, before) => missingOf(before, state).length === 0,
  drift(after, now) {
    if (now.gone) return after.gone ? [] : ['the target group was deleted since'];
    if (after.gone) return ['the target group is there again'];
    return [
      ...missingOf(now, after).map((each) => `registered since: ${listed([each])}`),
      ...missingOf(after, now).map((each) => `taken out since: ${listed([each])}`),
    ];
  },
  permissions: {
    read: ['elasticloadbalancing:DescribeTargetHealth'],
    apply: ['elasticloadbalancing:DeregisterTargets'],
    undo: ['elasticloadbalancing:RegisterTargets'],
  },
};

/** A target that drains was taken out: it gets no new connections, and for some minutes keeps the old ones. */
const isRegistered = ({ TargetHealth }: TargetHealthDescription): boolean =>
  TargetHealth?.State !== 'draining' && TargetHealth?.Reason !== 'Target.NotRegistered';

const registeredOf = ({
  Id,
  Port,
  AvailabilityZone,
  QuicServerId,
}: TargetDescription): Registered => ({
  id: Id ?? '',
  ...(Port !== undefined && { port: Port }),
  ...(AvailabilityZone && { zone: AvailabilityZone }),
  ...(QuicServerId && { quic: QuicServerId }),
});

const descriptionOf = ({ id, port, zone, quic }: Registered): TargetDescription => ({
  Id: id,
  ...(port !== undefined && { Port: port }),
  ...(zone && { AvailabilityZone: zone }),
  ...(quic && { QuicServerId: quic }),
});

const keyOf = ({ id, port = 0 }: Registered): string => `${id}:${String(port).padStart(5, '0')}`;

/** Those that stood in the first and do not in the second. */
const missingOf = (before: State, now: State): Registered[] => {
  if (before.gone) return [];
  const there = new Set(now.gone ? [] : now.targets.map(keyOf));
  return before.targets.filter((each) => !there.has(keyOf(each)));
};

/** @throws Told where the load balancer does not take them back as they are now */
const register = async (aws: Aws, TargetGroupArn: string, targets: readonly Registered[]) => {
  try {
    await aws.call('elasticloadbalancing:RegisterTargets', {
      TargetGroupArn,
      Targets: targets.map(descriptionOf),
    });
  } catch (error) {
    if (!isAwsError(error, 'InvalidTargetException', 'InvalidTarget')) throw error;
    throw new Told(
      `${listed(targets)} cannot be put back into the target group ${nameOf(TargetGroupArn)}: an instance must be running in its VPC.`,
      { cause: error },
    );
  }
};

/** `targetgroup/name/id` of the ARN. */
const nameOf = (arn: string): string => arn.split('/')[1] ?? arn;

/** `i-1:80, i-1:8080 and 3 more`. */
const listed = (targets: readonly Registered[]): string => {
  const texts = targets.map(({ id, port }) => (port === undefined ? id : `${id}:${port}`));
  const more = texts.length - 2;
  return more > 0 ? `${texts.slice(0, 2).join(', ')} and ${more} more` : texts.join(', ');
};
