import { Told } from '../../domain/errors';
import type { Target } from '../../domain/target';
import type { Aws } from '../aws';
import type { Irreversible } from '../operation';
import { mayPass, reason } from './asked';
import { keepJson, keptBy, neverUndone, type Evidence } from './kept';
import { snapshotsOf } from './snapshots';

export type ShareSnapshots = {
  readonly instanceId: string;
  /** 12 digits: the account that may copy them from now on. */
  readonly account: string;
};

/** Whoever holds the account of the incident can delete its snapshots; what another account copied stays. */
export const shareSnapshots: Irreversible<ShareSnapshots, Evidence> = {
  kind: 'evidence.share-snapshots',
  describe: ({ instanceId, account }) =>
    `Share the snapshots of ${instanceId} with the forensic account ${account}`,
  read: async (aws, _, run) => ({ kept: await keptBy(aws, run) }),
  holds: ({ kept }) => kept.some(({ name }) => name === whole),
  async apply(aws, input, now, run) {
    if (shareSnapshots.holds(now, input)) return;
    const { instanceId, account } = input;
    const snapshots = await snapshotsOf(aws, input, run);
    if (snapshots.length === 0) throw new Told('There is no snapshot that could be shared.');
    const shared: string[] = [];
    const failed: Record<string, string> = {};
    for (const snapshot of snapshots) {
      const because = await share(aws, snapshot, account);
      if (because === undefined) shared.push(snapshot);
      else failed[snapshot] = because;
    }
    const without = Object.entries(failed).map(([snapshot, because]) => `${snapshot} (${because})`);
    const note = without.length > 0 ? `not shared: ${without.join(', ')}` : '';
    const name = without.length > 0 ? 'shares-incomplete.json' : whole;
    await keepJson(aws, run, { name, note }, { instanceId, account, shared, failed });
    if (without.length > 0) throw new Told(`Not every snapshot could be shared: ${note}.`);
  },
  ...neverUndone,
  permissions: {
    read: [],
    apply: [
      'ec2:DescribeSnapshotAttribute',
      'ec2:DescribeSnapshots',
      'ec2:ModifySnapshotAttribute',
    ],
  },
};

const whole = 'shares.json';

/** @returns why it is not shared, read back, where it is not */
const share = async (
  aws: Aws,
  SnapshotId: string,
  account: string,
): Promise<string | undefined> => {
  const Attribute = 'createVolumePermission';
  try {
    await aws.call('ec2:ModifySnapshotAttribute', {
      SnapshotId,
      Attribute,
      OperationType: 'add',
      UserIds: [account],
    });
    const asked = { SnapshotId, Attribute } as const;
    const { CreateVolumePermissions = [] } = await aws.call('ec2:DescribeSnapshotAttribute', asked);
    return CreateVolumePermissions.some(({ UserId }) => UserId === account)
      ? undefined
      : 'read back, it is not shared';
  } catch (error) {
    if (mayPass(error)) throw error;
    // A key of AWS's own cannot be shared: EC2 says so.
    return reason(error);
  }
};

/** The account that shares go to, by the policy; empty if none, or if it is the target's own. */
export const forensicsOf = async (aws: Aws, { account: own }: Target): Promise<string> => {
  const { account } = await aws.call('evidence:GetForensicAccount', {});
  return account === own ? '' : account;
};
