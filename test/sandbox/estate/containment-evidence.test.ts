import {
  AssociateIamInstanceProfileCommand,
  AttachVolumeCommand,
  CopySnapshotCommand,
  CreateSnapshotsCommand,
  type CreateSnapshotsCommandInput,
  CreateVolumeCommand,
  type CreateVolumeCommandInput,
  DeleteSnapshotCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeLockedSnapshotsCommand,
  DescribeSnapshotsCommand,
  DisassociateIamInstanceProfileCommand,
  EC2Client,
  LockSnapshotCommand,
  ModifySnapshotAttributeCommand,
  ReplaceIamInstanceProfileAssociationCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { GetInstanceProfileCommand, IAMClient } from '@aws-sdk/client-iam';

import { botAccount, workloads } from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { launch, look, place, profile, refusal, type Place } from './hosts';
import { startLocalAws, type LocalAws } from './local-aws';

let aws: LocalAws;
let ec2: EC2Client;
let iam: IAMClient;
let here: Place;
let host: string;

beforeAll(async () => {
  aws = await startLocalAws();
  ec2 = new EC2Client(asAccount(aws.edge.url, workloads));
  iam = new IAMClient(asAccount(aws.edge.url, workloads));
  here = await place(ec2, '10.20');
  await profile(iam, 'other');
  const IamInstanceProfile = { Name: await profile(iam, 'web') };
  host = (await launch(ec2, here, { IamInstanceProfile })).id;
}, 60_000);
afterAll(() => aws.close(), 30_000);

describe('an instance profile', () => {
  const Filters = () => [{ Name: 'instance-id', Values: [host] }];
  const read = async () => {
    const asked = new DescribeIamInstanceProfileAssociationsCommand({ Filters: Filters() });
    return (await ec2.send(asked)).IamInstanceProfileAssociations ?? [];
  };
  const idNow = async () => (await read())[0]?.AssociationId ?? '';
  const associate = (Name: string) =>
    ec2.send(
      new AssociateIamInstanceProfileCommand({ InstanceId: host, IamInstanceProfile: { Name } }),
    );
  const take = (AssociationId: string) =>
    ec2.send(new DisassociateIamInstanceProfileCommand({ AssociationId }));
  const replace = (AssociationId: string, Name: string) =>
    ec2.send(
      new ReplaceIamInstanceProfileAssociationCommand({
        AssociationId,
        IamInstanceProfile: { Name },
      }),
    );

  test('is there from the launch, and a second one is refused', async () => {
    expect(await read()).toMatchObject([{ State: 'associated' }]);
    const { InstanceProfile } = await iam.send(
      new GetInstanceProfileCommand({ InstanceProfileName: 'web' }),
    );
    const { InstanceProfileId: Id, Arn } = InstanceProfile ?? {};
    expect((await look(ec2, host)).IamInstanceProfile).toEqual({ Id, Arn });
    expect(await refusal(associate('other'))).toBe('IncorrectState');
  });

  test('has a new association when it is replaced, which the old id does not reach', async () => {
    const old = await idNow();
    const { IamInstanceProfileAssociation: made } = await replace(old, 'other');
    expect(made?.State).toBe('associating');
    expect(made?.AssociationId).not.toBe(old);
    expect(await read()).toMatchObject([{ AssociationId: made?.AssociationId }]);
    expect(await refusal(take(old))).toBe('InvalidAssociationID.NotFound');
    expect((await look(ec2, host)).IamInstanceProfile?.Arn).toMatch(/\/other$/);
  });

  test('goes in the background: another is refused until it is gone', async () => {
    const id = await idNow();
    const { IamInstanceProfileAssociation: leaving } = await take(id);
    expect(leaving?.State).toBe('disassociating');
    expect(await refusal(associate('web'))).toBe('IncorrectState');
    expect(await refusal(take(id))).toBe('IncorrectState');
    expect(await read()).toMatchObject([{ State: 'disassociating' }]);
    expect(await read()).toEqual([]);
  });

  test('comes in the background', async () => {
    await associate('web');
    const states = [(await read())[0]?.State, (await read())[0]?.State];
    expect(states).toEqual(['associating', 'associated']);
  });

  test('is not replaced on an instance that does not run', async () => {
    const stopped = await launch(ec2, here, { IamInstanceProfile: { Name: 'web' } });
    const InstanceIds = [stopped.id];
    await ec2.send(new StopInstancesCommand({ InstanceIds }));
    const asked = new DescribeIamInstanceProfileAssociationsCommand({
      Filters: [{ Name: 'instance-id', Values: InstanceIds }],
    });
    const found = (await ec2.send(asked)).IamInstanceProfileAssociations ?? [];
    const id = found[0]?.AssociationId ?? '';
    expect(await refusal(replace(id, 'other'))).toBe('IncorrectState');
    expect(await refusal(take(id))).toBe('nothing');
  });
});

describe('snapshots', () => {
  const Tags = [{ Key: 'Data', Value: 'orders' }];
  const attach = async (InstanceId: string, more: Partial<CreateVolumeCommandInput>) => {
    const { VolumeId = '' } = await ec2.send(
      new CreateVolumeCommand({ Size: 20, AvailabilityZone: 'us-east-1a', ...more }),
    );
    await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId, Device: '/dev/sdf' }));
    return VolumeId;
  };
  const snap = async (id: string, more: Partial<CreateSnapshotsCommandInput> = {}) => {
    const InstanceSpecification = { InstanceId: id, ...more.InstanceSpecification };
    const asked = new CreateSnapshotsCommand({ ...more, InstanceSpecification });
    return (await ec2.send(asked)).Snapshots ?? [];
  };
  const read = async (SnapshotIds: string[], client = ec2) =>
    (await client.send(new DescribeSnapshotsCommand({ SnapshotIds }))).Snapshots ?? [];

  test('of all volumes are pending, then completed, with the tags of their volumes and of the case', async () => {
    const TagSpecifications = [{ ResourceType: 'volume' as const, Tags }];
    const data = await attach(host, { TagSpecifications });
    const made = await snap(host, {
      CopyTagsFromSource: 'volume',
      TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'case', Value: 'c-1' }] }],
    });
    expect(made.map(({ State }) => State)).toEqual(['pending', 'pending']);
    const ofData = made.find(({ VolumeId }) => VolumeId === data);
    expect(ofData?.Tags).toEqual([...Tags, { Key: 'case', Value: 'c-1' }]);
    const ids = made.map(({ SnapshotId = '' }) => SnapshotId);
    expect(await read(ids)).toMatchObject([{ State: 'pending' }, { State: 'pending' }]);
    const done = { State: 'completed', Progress: '100%' };
    expect(await read(ids)).toMatchObject([done, done]);
  });

  test('leave volumes out as asked', async () => {
    const [first] = await snap(host, { InstanceSpecification: { InstanceId: host } });
    const some = await snap(host, {
      InstanceSpecification: { InstanceId: host, ExcludeBootVolume: true },
    });
    expect(some).toHaveLength(1);
    expect(some[0]?.VolumeId).not.toBe(first?.VolumeId);
  });

  test('of a slow volume are one at a time, and a set that cannot be whole is not begun', async () => {
    const { id } = await launch(ec2, here);
    await attach(id, { VolumeType: 'st1', Size: 500 });
    const ids = (await snap(id)).map(({ SnapshotId = '' }) => SnapshotId);
    expect(await refusal(snap(id))).toBe('ConcurrentSnapshotLimitExceeded');
    const Filters = [{ Name: 'volume-size', Values: ['500'] }];
    const all = await ec2.send(new DescribeSnapshotsCommand({ Filters, OwnerIds: ['self'] }));
    expect(all.Snapshots).toHaveLength(1);
    await read(ids);
    await read(ids);
    expect(await refusal(snap(id))).toBe('nothing');
  });

  test('that are locked cannot be deleted; the lock runs from when they are complete', async () => {
    const { id } = await launch(ec2, here);
    const [made] = await snap(id);
    const SnapshotId = made?.SnapshotId ?? '';
    const lock = { SnapshotId, LockMode: 'governance' as const, LockDuration: 30 };
    const early = await ec2.send(new LockSnapshotCommand(lock));
    expect(early).toMatchObject({ LockState: 'governance', LockDuration: 30 });
    expect(early.LockExpiresOn).toBeUndefined();
    await read([SnapshotId]);
    await read([SnapshotId]);
    const { Snapshots = [] } = await ec2.send(new DescribeLockedSnapshotsCommand({}));
    expect(Snapshots).toMatchObject([{ SnapshotId, LockExpiresOn: expect.any(Date) }]);
    const remove = new DeleteSnapshotCommand({ SnapshotId });
    expect(await refusal(ec2.send(remove))).toBe('OperationNotPermitted');
  });

  test('are shared and copied into another account, once complete and if it could read them', async () => {
    const other = new EC2Client(asAccount(aws.edge.url, botAccount));
    const { id } = await launch(ec2, here);
    await attach(id, { Encrypted: true });
    const made = await snap(id);
    const plain = made.find(({ Encrypted }) => !Encrypted)?.SnapshotId ?? '';
    const sealed = made.find(({ Encrypted }) => Encrypted)?.SnapshotId ?? '';
    const share = (SnapshotId: string) =>
      ec2.send(
        new ModifySnapshotAttributeCommand({
          SnapshotId,
          Attribute: 'createVolumePermission',
          OperationType: 'add',
          UserIds: [botAccount],
        }),
      );
    const copy = () => {
      const source = { SourceRegion: 'us-east-1', SourceSnapshotId: plain };
      return other.send(new CopySnapshotCommand(source));
    };
    expect(await refusal(share(sealed))).toBe('OperationNotPermitted');
    expect(await refusal(copy())).toBe('InvalidSnapshot.NotFound');
    await share(plain);
    expect(await refusal(copy())).toBe('IncorrectState');
    await read([plain]);
    await read([plain]);
    const { SnapshotId = '' } = await copy();
    expect(await read([SnapshotId], other)).toMatchObject([{ OwnerId: botAccount }]);
  });
});
