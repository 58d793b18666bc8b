import type { ModifyInstanceAttributeRequest } from '@aws-sdk/client-ec2';
import { canonical } from '../../domain/canonical';
import { Told } from '../../domain/errors';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';
import { tryEach } from '../try-each';
import { protectionDrift, readProtection, type Protection } from './protection';

/** Keeps an instance and its disks from being lost, by the API or by a shutdown from inside. */
export type ProtectInstance = {
  readonly instanceId: string;
  /** A Spot instance takes no protection: its volumes are kept, and that is all. */
  readonly spot: boolean;
  /** Ids of the EBS volumes that are to outlive the instance. */
  readonly volumes: readonly string[];
};
type State = Protection | { readonly gone: true };

const modify = ['ec2:ModifyInstanceAttribute'];

export const protectInstance: Reversible<ProtectInstance, State> = {
  kind: 'ec2.protect-instance',
  describe: ({ instanceId, spot, volumes }) => {
    const disks = `its ${volumes.length} ${volumes.length === 1 ? 'volume' : 'volumes'}`;
    return spot
      ? `Keep ${disks} when the Spot instance ${instanceId} ends`
      : `Protect ${instanceId} and ${disks} from termination`;
  },
  read: async (aws, { instanceId, volumes }) =>
    (await readProtection(aws, instanceId, volumes)) ?? { gone: true },
  // A terminated instance is not a protected one.
  holds: (state) => !state.gone && canonical(safe(state)) === canonical(state),
  async apply(aws, { instanceId }, now) {
    if (now.gone) throw new Told(`${instanceId} was terminated before it could be protected.`);
    await tryEach(changes(aws, instanceId, now, safe(now)));
  },
  async undo(aws, { instanceId }, before, now) {
    if (before.gone || now.gone) return;
    // The volumes first, the protection of the instance last.
    await tryEach(changes(aws, instanceId, now, backTo(before, now)).reverse());
  },
  restored: (state, _, before) =>
    state.gone || before.gone || canonical(backTo(before, state)) === canonical(state),
  drift(after, now) {
    if (now.gone) return after.gone ? [] : ['the instance was terminated since'];
    return after.gone ? ['the instance is there again'] : protectionDrift(after, now);
  },
  permissions: {
    read: ['ec2:DescribeInstanceAttribute', 'ec2:DescribeInstances'],
    apply: modify,
    undo: modify,
  },
};

const safe = (now: Protection): Protection => ({
  ...now,
  ...(now.termination !== undefined && { termination: true }),
  ...(now.stop !== undefined && { stop: true }),
  ...(now.shutdown !== undefined && { shutdown: 'stop' }),
  disks: now.disks.map((disk) => ({ ...disk, deletes: false })),
});

/** What we switched is as before; what stood safe already was not ours to switch. */
const backTo = (before: Protection, now: Protection): Protection => ({
  ...now,
  ...(before.termination === false && { termination: false }),
  ...(before.stop === false && { stop: false }),
  ...(before.shutdown === 'terminate' && { shutdown: 'terminate' }),
  disks: now.disks.map((disk) => {
    const old = before.disks.find(({ volume }) => volume === disk.volume);
    return old?.deletes ? { ...disk, deletes: true } : disk;
  }),
});

/** EC2 takes one attribute per call. */
const changes = (aws: Aws, InstanceId: string, now: Protection, end: Protection) => {
  const disks = end.disks.filter(({ deletes }, at) => deletes !== now.disks[at]?.deletes);
  const wanted: (false | Omit<ModifyInstanceAttributeRequest, 'InstanceId'>)[] = [
    end.termination !== now.termination && { DisableApiTermination: { Value: end.termination } },
    end.stop !== now.stop && { DisableApiStop: { Value: end.stop } },
    end.shutdown !== now.shutdown && { InstanceInitiatedShutdownBehavior: { Value: end.shutdown } },
    disks.length > 0 && {
      BlockDeviceMappings: disks.map(({ volume: VolumeId, device: DeviceName, deletes }) => ({
        DeviceName,
        Ebs: { VolumeId, DeleteOnTermination: deletes },
      })),
    },
  ];
  return wanted
    .filter((each) => each !== false)
    .map((each) => () => aws.call('ec2:ModifyInstanceAttribute', { InstanceId, ...each }));
};
