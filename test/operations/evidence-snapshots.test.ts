import { snapshotVolumes } from '../../src/operations/evidence/snapshot-volumes';
import { awsError, MemoryAws, type Handlers } from '../support/memory-aws';
import { memoryEvidence } from '../support/memory-evidence';
import { memoryVolumes } from '../support/memory-volumes';
import { volumes } from './samples/evidence';

const run = 'rem-0000000000/2';

const world = (given: Parameters<typeof memoryVolumes>[1] = {}, more: Handlers = {}) => {
  const evidence = memoryEvidence();
  const store = memoryVolumes(volumes.volumes, given);
  const aws = new MemoryAws(more, store.handlers, evidence.handlers);
  const read = () => snapshotVolumes.read(aws, volumes, run);
  return {
    ...evidence,
    ...store,
    aws,
    read,
    apply: async () => snapshotVolumes.apply(aws, volumes, await read(), run),
    made: () => aws.calls.flatMap(({ name }) => (name.includes(':Create') ? [name] : [])),
    holds: async () => snapshotVolumes.holds(await read(), volumes),
  };
};

const timeout = Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });

describe('snapshots', () => {
  it('are taken at one moment, with the run, the instance and the volumes’ own tags', async () => {
    const { apply, aws, snapshots, read, text } = world();

    await apply();

    expect(aws.calls.find(({ name }) => name === 'ec2:CreateSnapshots')?.input).toMatchObject({
      InstanceSpecification: { InstanceId: 'i-1' },
      CopyTagsFromSource: 'volume',
      TagSpecifications: [
        {
          ResourceType: 'snapshot',
          Tags: expect.arrayContaining([
            { Key: 'DrawbridgeRun', Value: run },
            { Key: 'DrawbridgeInstance', Value: 'i-1' },
          ]),
        },
      ],
    });
    expect(snapshots.map(({ State }) => State)).toEqual(['pending', 'pending']);
    const { snapshots: taken } = await read();
    expect(taken.map(({ volume, together }) => [volume, together])).toEqual([
      ['vol-1', true],
      ['vol-2', true],
    ]);
    expect(JSON.parse(text('snapshots.json'))).toMatchObject({ snapshots: taken, failed: {} });
  });

  it('whose answer was lost are found again by their tag, and not taken twice (law 4)', async () => {
    const { aws, apply, made, holds, snapshots } = world();
    aws.fail(3, { when: 'after', error: timeout });
    await expect(apply()).rejects.toThrow('socket hang up');
    expect(aws.calls.at(-1)?.name).toBe('ec2:CreateSnapshots');
    aws.heal();

    await apply();

    expect(made()).toEqual(['ec2:CreateSnapshots']);
    expect([snapshots.length, await holds()]).toEqual([2, true]);
  });

  it('that AWS does not show yet, and are written down, are waited for and not taken again', async () => {
    const { apply, made, holds } = world({ lag: 2 });
    await apply();
    expect(await holds()).toBe(false);

    await apply();

    expect(made()).toEqual(['ec2:CreateSnapshots']);
    expect(await holds()).toBe(true);
  });

  it('come without the volumes’ own tags where these are too many, still of one moment', async () => {
    const { apply, artefact, read } = world({ full: true });

    await apply();

    expect((await read()).snapshots.every(({ together }) => together)).toBe(true);
    expect(artefact('snapshots.json')?.note).toBe('');
  });

  it('wait for an earlier one of the same volume', async () => {
    const { apply, aws, made, read } = world({ busy: 1 });

    await apply();

    expect(aws.calls.filter(({ name }) => name === 'clock:Pause')).toHaveLength(1);
    expect(made()).toEqual(['ec2:CreateSnapshots', 'ec2:CreateSnapshots']);
    expect((await read()).snapshots.every(({ together }) => together)).toBe(true);
  });

  it('are taken one by one where that one does not end, and say that they are not of one moment', async () => {
    const { apply, artefact, holds, made } = world({ busy: 9 });

    await apply();

    expect(made().filter((name) => name === 'ec2:CreateSnapshot')).toHaveLength(2);
    expect(artefact('snapshots.json')?.note).toBe('not of the same moment: vol-1, vol-2');
    expect(await holds()).toBe(true);
  });

  it('of the others are taken where one volume cannot be copied; the step fails and says which', async () => {
    const { apply, artefact, holds, read, names } = world({ broken: ['vol-1'] });

    await expect(apply()).rejects.toThrow(
      'Not every volume could be taken: not of the same moment: vol-2; ' +
        'without a snapshot: vol-1 (IncorrectState: IncorrectState from AWS).',
    );

    expect(names()).toEqual(['snapshots-incomplete.json']);
    expect(artefact('snapshots-incomplete.json')?.note).toContain('vol-1 (IncorrectState');
    expect((await read()).snapshots).toMatchObject([{ volume: 'vol-2', together: false }]);
    expect(await holds()).toBe(false);
  });

  it('that failed for a moment are tried again before anything is written down', async () => {
    const { apply, aws, names, holds } = world({ busy: 9 });
    // Lists, kept, the set three times, the pauses between: the first single snapshot.
    const first = 2 + 1 + 3 + 2;
    aws.fail(first, { error: awsError('ServiceUnavailable', { $fault: 'server' }) });
    await expect(apply()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(aws.calls.at(-2)?.name).toBe('ec2:CreateSnapshot');
    expect(names()).toEqual([]);
    aws.heal();

    await apply();

    expect(names()).toEqual(['snapshots.json']);
    expect(await holds()).toBe(true);
  });

  it('that ended in an error are no snapshots', async () => {
    const { apply, snapshots, holds } = world();
    await apply();

    snapshots[0]!.State = 'error';

    expect(await holds()).toBe(false);
  });

  it('of another run are not ours', async () => {
    const { apply, aws } = world();
    await apply();

    const other = await snapshotVolumes.read(aws, volumes, 'rem-0000000000/3');

    expect(other.snapshots).toEqual([]);
  });

  it('of a volume taken twice count once, those of one moment first', async () => {
    const { apply, snapshots, read } = world();
    await apply();
    const Tags = [
      { Key: 'DrawbridgeRun', Value: run },
      { Key: 'DrawbridgeMoment', Value: 'apart' },
    ];
    snapshots.unshift({ SnapshotId: 'snap-0', VolumeId: 'vol-1', State: 'completed', Tags });

    const { snapshots: taken } = await read();

    expect(taken).toEqual([
      { volume: 'vol-1', snapshot: 'snap-0-of-vol-1', together: true },
      { volume: 'vol-2', snapshot: 'snap-0-of-vol-2', together: true },
    ]);
  });

  it('of a host without a volume are none, and that is said', async () => {
    const { aws, artefact } = world();
    const none = { instanceId: 'i-1', volumes: [] };

    await snapshotVolumes.apply(aws, none, await snapshotVolumes.read(aws, none, run), run);

    expect(artefact('snapshots.json')?.note).toBe('it has no EBS volume');
    expect(snapshotVolumes.holds(await snapshotVolumes.read(aws, none, run), none)).toBe(true);
  });
});
