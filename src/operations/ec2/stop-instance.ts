import { Told } from '../../domain/errors';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';
import { readInstance } from './require-imdsv2';

/** Memory is lost, unless the instance can hibernate; what is on instance store is lost in any case. */
export type StopInstance = {
  readonly instanceId: string;
  readonly hibernate: boolean;
  /**
   * What protection against stopping is to stand afterwards: it is lifted for the call only. The plan says so, since a
   * try that was broken off in between cannot know it.
   */
  readonly stopProtection: boolean;
};

export type Power = {
  readonly gone: false;
  /** EC2's word: `running`, `stopping`, `stopped` … */
  readonly state: string;
  /** Absent where EC2 knows none: Spot instances, and those with a root on instance store. */
  readonly stopProtection?: boolean;
};
type State = Power | { readonly gone: true };

const changes = ['ec2:ModifyInstanceAttribute'];

export const stopInstance: Reversible<StopInstance, State> = {
  kind: 'ec2.stop-instance',
  describe: ({ instanceId, hibernate }) => `${hibernate ? 'Hibernate' : 'Stop'} ${instanceId}`,
  read: (aws, { instanceId }) => readPower(aws, instanceId),
  holds: (power, input) =>
    power.gone || (power.state === 'stopped' && isProtected(power, input.stopProtection)),
  async apply(aws, input, now) {
    if (now.gone) return;
    // One that is starting is waited for: EC2 does not stop it yet.
    if (now.state === 'running') await stop(aws, input, now);
    else if (now.state !== 'pending' && !isProtected(now, input.stopProtection))
      await protect(aws, input.instanceId, input.stopProtection);
  },
  pending: (power) => {
    if (power.gone) return undefined;
    if (power.state === 'stopping') return { running: 'The instance is stopping' };
    return power.state === 'pending' ? { running: 'The instance is starting' } : undefined;
  },
  // Writing the memory to disk takes its time, and so does a system that does not want to stop.
  patience: ({ hibernate }) => (hibernate ? 3600 : 1200),
  async undo(aws, input, before, now) {
    if (before.gone || now.gone) return;
    if (mustRun(before) && now.state === 'stopped')
      await aws.call('ec2:StartInstances', { InstanceIds: [input.instanceId] });
    const back = protectionBack(input, before, now);
    if (!isProtected(now, back)) await protect(aws, input.instanceId, back);
  },
  restored: (power, input, before) =>
    power.gone ||
    before.gone ||
    ((!mustRun(before) || power.state === 'running') &&
      isProtected(power, protectionBack(input, before, power))),
  drift: (after, now) => {
    if (now.gone) return after.gone ? [] : ['the instance was terminated since'];
    if (after.gone) return ['the instance is there again'];
    return [
      ...(now.state === after.state ? [] : [`the instance is ${now.state} since`]),
      ...(now.stopProtection === after.stopProtection
        ? []
        : [`stop protection was switched ${now.stopProtection ? 'on' : 'off'} since`]),
    ];
  },
  permissions: {
    read: ['ec2:DescribeInstanceAttribute', 'ec2:DescribeInstances'],
    apply: [...changes, 'ec2:StopInstances'],
    // CreateGrant: EC2 needs the key of an encrypted volume when it starts.
    undo: [...changes, 'ec2:StartInstances', 'kms:CreateGrant'],
  },
};

/** @throws Told where EC2 does not tell: it could not be put back (laws 7, 10) */
const readPower = async (aws: Aws, InstanceId: string): Promise<State> => {
  const instance = await readInstance(aws, InstanceId);
  if (!instance) return { gone: true };
  const state = instance.State?.Name;
  if (!state) throw new Told(`EC2 does not tell whether ${InstanceId} runs.`);
  const unprotected =
    instance.InstanceLifecycle === 'spot' || instance.RootDeviceType === 'instance-store';
  if (unprotected) return { gone: false, state };
  const attribute = { InstanceId, Attribute: 'disableApiStop' } as const;
  const { DisableApiStop } = await aws.call('ec2:DescribeInstanceAttribute', attribute);
  if (DisableApiStop?.Value === undefined)
    throw new Told(`EC2 does not tell whether ${InstanceId} is protected from being stopped.`);
  return { gone: false, state, stopProtection: DisableApiStop.Value };
};

const mustRun = ({ state }: Power): boolean => state === 'running' || state === 'pending';

const isProtected = ({ stopProtection }: Power, wanted: boolean | undefined): boolean =>
  stopProtection === undefined || wanted === undefined || stopProtection === wanted;

/** What others switched on meanwhile stays on. */
const protectionBack = (input: StopInstance, before: Power, now: Power): boolean | undefined =>
  now.stopProtection && !input.stopProtection ? now.stopProtection : before.stopProtection;

const stop = async (aws: Aws, input: StopInstance, now: Power): Promise<void> => {
  const { instanceId, hibernate, stopProtection } = input;
  if (now.stopProtection) await protect(aws, instanceId, false);
  try {
    await aws.call('ec2:StopInstances', {
      InstanceIds: [instanceId],
      ...(hibernate && { Hibernate: true }),
    });
  } finally {
    const lifted = { ...now, ...(now.stopProtection && { stopProtection: false }) };
    if (!isProtected(lifted, stopProtection)) await protect(aws, instanceId, stopProtection);
  }
};

const protect = async (aws: Aws, InstanceId: string, Value: boolean | undefined): Promise<void> => {
  await aws.call('ec2:ModifyInstanceAttribute', { InstanceId, DisableApiStop: { Value } });
};
