import {
  makeSnapshotPrivate,
  type SnapshotSharing,
} from '../../src/operations/ec2/make-snapshot-private';
import { awsError, MemoryAws } from '../support/memory-aws';
import { memorySnapshots } from '../support/memory-snapshots';
import { snapshotId } from './samples/ec2-snapshots';

const run = 'rem-0000000000/0';
const input = { snapshotId };
const shared = (everybody: boolean, ...accounts: string[]): SnapshotSharing => ({
  gone: false,
  everybody,
  accounts,
});
const gone: SnapshotSharing = { gone: true };

const aSnapshot = (...sharedWith: string[]) =>
  new MemoryAws(memorySnapshots([{ SnapshotId: snapshotId, sharedWith }]));

const read = (aws: MemoryAws) => makeSnapshotPrivate.read(aws, input, run);

describe('a public snapshot', () => {
  it('keeps the accounts that it is shared with by name, in one order (merge, not replace)', async () => {
    const aws = aSnapshot('444455556666', 'all', '111122223333');

    await makeSnapshotPrivate.apply(aws, input, await read(aws), run);

    expect(await read(aws)).toEqual(shared(false, '111122223333', '444455556666'));
    expect(aws.calls.at(1)).toEqual({
      name: 'ec2:ModifySnapshotAttribute',
      input: {
        SnapshotId: snapshotId,
        Attribute: 'createVolumePermission',
        OperationType: 'remove',
        GroupNames: ['all'],
      },
    });
  });

  it('that was deleted between two calls counts as done', async () => {
    const aws = new MemoryAws(memorySnapshots([]));

    await makeSnapshotPrivate.apply(aws, input, shared(true), run);

    expect(makeSnapshotPrivate.holds(await read(aws), input)).toBe(true);
  });

  it('fails aloud when AWS refuses, and is never read as private (law 10)', async () => {
    const aws = aSnapshot('all');
    aws.fail(0, { for: 'always', error: awsError('OperationNotPermitted') });

    await expect(read(aws)).rejects.toThrow('OperationNotPermitted');
    await expect(makeSnapshotPrivate.apply(aws, input, shared(true), run)).rejects.toThrow(
      'OperationNotPermitted',
    );
  });

  it('is one for nobody where EC2 tells no permissions', async () => {
    const call = () => Promise.resolve({ $metadata: {} });

    expect(await makeSnapshotPrivate.read({ call }, input, run)).toEqual(shared(false));
  });
});

describe('the way back', () => {
  it('makes public only what was public', async () => {
    const aws = aSnapshot('444455556666');

    await makeSnapshotPrivate.undo(aws, input, shared(false), await read(aws));

    expect(await read(aws)).toEqual(shared(false, '444455556666'));
  });

  it('leaves a share that was added meanwhile', async () => {
    const aws = aSnapshot('444455556666');

    await makeSnapshotPrivate.undo(aws, input, shared(true), await read(aws));

    expect(await read(aws)).toEqual(shared(true, '444455556666'));
  });

  it('ends at a snapshot that was deleted since', async () => {
    const aws = new MemoryAws(memorySnapshots([]));

    await makeSnapshotPrivate.undo(aws, input, shared(true), gone);

    expect(aws.calls).toEqual([]);
    expect(makeSnapshotPrivate.restored(gone, input, shared(true))).toBe(true);
    expect(makeSnapshotPrivate.restored(shared(false), input, shared(true))).toBe(false);
  });

  it.each<[SnapshotSharing, SnapshotSharing, string[]]>([
    [shared(false), shared(true), ['shared with everybody since']],
    [
      shared(false, '1'),
      shared(false, '2'),
      ['shared since with account 2', 'no longer shared with account 1'],
    ],
    [shared(false), gone, ['the snapshot was deleted since']],
    [gone, shared(false), ['the snapshot is there again']],
    [gone, gone, []],
  ])('tells what others changed since', (after, now, words) => {
    expect(makeSnapshotPrivate.drift(after, now)).toEqual(words);
  });
});
