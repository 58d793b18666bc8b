import type { Asked } from '../../domain/playbook';
import { unlessAbsent } from '../../operations/absent';
import type { Aws } from '../../operations/aws';
import { forensicsOf } from '../../operations/evidence/share-snapshots';
import { instanceTag, tagged } from '../../operations/evidence/snapshots';

export type InstanceFacts =
  | { kind: 'missing' }
  | { kind: 'ended'; state: string }
  | {
      kind: 'instance';
      name: string;
      /** EC2's word: `running`, `stopped` … */
      state: string;
      type: string;
      /** Ids of its EBS volumes, in order. */
      volumes: readonly string[];
      /** When Drawbridge last took a snapshot of all of them, ISO 8601; empty if never. */
      takenAt: string;
      /** The account that snapshots are shared with; empty if none. */
      forensics: string;
    };

export const permissions = ['ec2:DescribeInstances', 'ec2:DescribeSnapshots'] as const;

export const read = async (aws: Aws, { target }: Asked): Promise<InstanceFacts> => {
  const call = aws.call('ec2:DescribeInstances', { InstanceIds: [target.id] });
  const found = await unlessAbsent(
    call,
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
  );
  const instance = found?.Reservations?.flatMap(({ Instances = [] }) => Instances)[0];
  if (!instance) return { kind: 'missing' };
  const { State, InstanceType = 'unknown', Tags = [], BlockDeviceMappings = [] } = instance;
  const state = State?.Name ?? 'unknown';
  if (state === 'terminated' || state === 'shutting-down') return { kind: 'ended', state };
  const volumes = BlockDeviceMappings.flatMap(({ Ebs }) => Ebs?.VolumeId ?? []).sort();
  return {
    kind: 'instance',
    name: Tags.find(({ Key }) => Key === 'Name')?.Value ?? '',
    state,
    type: InstanceType,
    volumes,
    takenAt: volumes.length > 0 ? await lastTaken(aws, target.id, volumes) : '',
    forensics: await forensicsOf(aws, target),
  };
};

/** The youngest snapshot of each volume; the oldest of these, since only then all were taken. */
const lastTaken = async (aws: Aws, id: string, volumes: readonly string[]): Promise<string> => {
  const snapshots = await tagged(aws, instanceTag, id);
  const youngest = volumes.map(
    (volume) =>
      snapshots
        .filter(({ VolumeId, State }) => VolumeId === volume && State !== 'error')
        .map(({ StartTime }) => StartTime?.toISOString() ?? '')
        .sort()
        .at(-1) ?? '',
  );
  return youngest.sort()[0] ?? '';
};
