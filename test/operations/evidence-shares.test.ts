import { forensicsOf, shareSnapshots as step } from '../../src/operations/evidence/share-snapshots';
import { aTarget } from '../support/builders';
import { awsError, MemoryAws, type Handlers } from '../support/memory-aws';
import { memoryEvidence } from '../support/memory-evidence';
import { memoryVolumes } from '../support/memory-volumes';
import { share, tagsOf } from './samples/evidence';

const run = 'rem-0000000000/5';

const world = (unshared: readonly string[] = [], more: Handlers = {}) => {
  const evidence = memoryEvidence();
  const store = memoryVolumes(['vol-1', 'vol-2'], { unshared });
  const taken = ['vol-1', 'vol-2'].map((each) => store.take(each, tagsOf('rem-0000000000/4')));
  const others = [
    store.take('vol-1', tagsOf('rem-1111111111/4')),
    store.take('vol-1', tagsOf('rem-0000000000/4', 'i-other')),
    Object.assign(store.take('vol-1', tagsOf('rem-0000000000/4')), { State: 'error' }),
    store.take('vol-1', []),
  ];
  const aws = new MemoryAws(more, store.handlers, evidence.handlers);
  const read = () => step.read(aws, share, run);
  return {
    ...evidence,
    aws,
    read,
    apply: async () => step.apply(aws, share, await read(), run),
    holds: async () => step.holds(await read(), share),
    shared: () => [...store.sharedWith.keys()].sort(),
    taken: taken.map(({ SnapshotId = '' }) => SnapshotId).sort(),
    others,
  };
};

describe('snapshots of a remediation', () => {
  it('are shared with the one account, those of this instance and this remediation alone', async () => {
    const { apply, shared, taken, text, holds, aws } = world();

    await apply();

    expect(shared()).toEqual(taken);
    expect(JSON.parse(text('shares.json'))).toEqual({
      instanceId: 'i-1',
      account: '777788889999',
      shared: taken,
      failed: {},
    });
    const inputs = aws.calls.filter(({ name }) => name === 'ec2:ModifySnapshotAttribute');
    expect(inputs.map(({ input }) => input)).toContainEqual({
      SnapshotId: taken[0],
      Attribute: 'createVolumePermission',
      OperationType: 'add',
      UserIds: ['777788889999'],
    });
    expect(await holds()).toBe(true);
  });

  it('that cannot be shared are named, and the others are shared all the same', async () => {
    const { apply, shared, taken, artefact, holds } = world(['vol-2']);
    const [first, second] = taken;

    await expect(apply()).rejects.toThrow(
      `Not every snapshot could be shared: not shared: ${second} (OperationNotPermitted`,
    );

    expect(shared()).toEqual([first]);
    expect(artefact('shares-incomplete.json')?.note).toContain(second);
    expect(await holds()).toBe(false);
  });

  it('are not called shared before that is read back (law 1)', async () => {
    const silent: Handlers = { 'ec2:DescribeSnapshotAttribute': () => ({}) };
    const { apply, holds } = world([], silent);

    await expect(apply()).rejects.toThrow('read back, it is not shared');
    expect(await holds()).toBe(false);
  });

  it('are tried again where what failed may pass, and nothing is written down before', async () => {
    const throttled: Handlers = {
      'ec2:ModifySnapshotAttribute': () => {
        throw awsError('RequestLimitExceeded', { $fault: 'client' });
      },
    };
    const { apply, names } = world([], throttled);

    await expect(apply()).rejects.toThrow(
      expect.objectContaining({ name: 'RequestLimitExceeded' }),
    );
    expect(names()).toEqual([]);
  });

  it('may be none, and that is said', async () => {
    const { apply } = world([], { 'ec2:DescribeSnapshots': () => ({}) });

    await expect(apply()).rejects.toThrow('There is no snapshot that could be shared.');
  });
});

describe('the account of forensics', () => {
  const named = (account: string) =>
    forensicsOf(new MemoryAws({ 'evidence:GetForensicAccount': () => ({ account }) }), aTarget);

  it('is the one of the policy, unless that is the instance’s own', async () => {
    expect(await named('777788889999')).toBe('777788889999');
    expect(await named(aTarget.account)).toBe('');
    expect(await named('')).toBe('');
  });
});
