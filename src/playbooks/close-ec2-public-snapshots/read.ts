import type { Snapshot } from '@aws-sdk/client-ec2';
import type { Aws } from '../../operations/aws';

export interface PublicSnapshot {
  id: string;
  volume: string;
  /** GiB. */
  size: number;
  /** The day it was taken, `2026-01-31`. */
  taken: string;
  description: string;
  tags: Readonly<Record<string, string>>;
}

export const permissions = ['ec2:DescribeSnapshots'] as const;

/** All snapshots of the account in this region that everybody can make volumes of, by id. All pages. */
export const read = async (aws: Aws): Promise<PublicSnapshot[]> => {
  const snapshots: PublicSnapshot[] = [];
  let NextToken: string | undefined;
  do {
    const page = await aws.call('ec2:DescribeSnapshots', {
      OwnerIds: ['self'],
      RestorableByUserIds: ['all'],
      MaxResults: 1000,
      ...(NextToken && { NextToken }),
    });
    snapshots.push(...(page.Snapshots ?? []).map(factsOf));
    NextToken = page.NextToken;
  } while (NextToken);
  return snapshots.sort((a, b) => (a.id < b.id ? -1 : 1));
};

const factsOf = (snapshot: Snapshot): PublicSnapshot => ({
  id: snapshot.SnapshotId ?? '',
  volume: snapshot.VolumeId ?? 'an unknown volume',
  size: snapshot.VolumeSize ?? 0,
  taken: snapshot.StartTime?.toISOString().slice(0, 10) ?? 'on an unknown day',
  description: snapshot.Description ?? '',
  tags: Object.fromEntries((snapshot.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
});
