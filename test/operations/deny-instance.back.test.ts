import { theirs, world } from './a-role';
import { denyInstance as step, type DenyInstance } from '../../src/operations/iam/deny-instance';
import { quarantine } from '../../src/operations/iam/quarantine-policy';
import { before } from '../support/failing-aws';
import { allButSsm, deny, denyAll, denyButSsm, instanceArn, ownName } from './samples/credentials';

describe('the two steps of one plan', () => {
  const both = async () => {
    const it = world([['reads-orders', theirs]]);
    const first = await it.read(denyButSsm);
    await it.apply(denyButSsm);
    const second = await it.read(deny);
    await it.apply(deny);
    return { ...it, first, second };
  };

  it('are one policy: the second makes it stricter, and the first still holds', async () => {
    const { policies, read, apply } = await both();
    expect(policies.get(ownName)).toBe(denyAll);
    expect(step.holds(await read(denyButSsm), denyButSsm)).toBe(true);

    await apply(denyButSsm);

    expect(policies.get(ownName)).toBe(denyAll);
  });

  it('are not the same: what leaves the agent its commands does not do where nothing is to be left', async () => {
    const { policies, read } = world();
    const butSsm: DenyInstance = { ...deny, keep: 'ssm' };
    policies.set(ownName, JSON.stringify(quarantine(instanceArn, 'ssm')));

    expect(step.holds(await read(butSsm), butSsm)).toBe(true);
    expect(step.holds(await read(deny), deny)).toBe(false);
  });

  it('are no drift of one another', async () => {
    const { read } = await both();
    const loose = { kind: 'set', own: true, denies: 'all but SSM', document: allButSsm } as const;

    expect(step.drift(loose, await read(denyButSsm))).toEqual([]);
    expect(step.drift(await read(deny), loose)).toEqual([
      'the quarantine policy was changed since',
    ]);
  });

  it('are taken back one by one: first to what the first wrote, then to nothing', async () => {
    const { policies, undo, read, first, second } = await both();

    await undo(deny, second);
    expect(policies.get(ownName)).toBe(allButSsm);
    expect(step.restored(await read(deny), deny, second)).toBe(true);
    expect(step.restored(await read(denyButSsm), denyButSsm, first)).toBe(false);

    await undo(denyButSsm, first);
    expect([...policies]).toEqual([['reads-orders', theirs]]);
    expect(step.restored(await read(denyButSsm), denyButSsm, first)).toBe(true);
  });

  it('also end in nothing where the second could not be taken back', async () => {
    const { policies, undo, first } = await both();

    await undo(denyButSsm, first);

    expect([...policies.keys()]).toEqual(['reads-orders']);
  });
});

describe('the way back', () => {
  it('leaves what others did with the policy', async () => {
    const { policies, read, undo, aws } = world();
    const own = { kind: 'set', own: true, denies: 'all but SSM', document: allButSsm } as const;
    await undo(deny, own);
    await undo(deny, { kind: 'none' });
    policies.set(ownName, theirs);
    await undo(deny, own);

    expect(step.restored(await read(deny), deny, own)).toBe(true);
    expect(aws.calls.every(({ name }) => name.includes('Get'))).toBe(true);
  });

  it('is at its end where the policy goes by itself meanwhile', async () => {
    const { aws, policies, read, apply } = world();
    const saved = await read(deny);
    await apply(deny);
    const going = before(aws, 'iam:DeleteRolePolicy', () => policies.clear());

    await step.undo(going, deny, saved, await read(deny));

    expect(step.restored(await read(deny), deny, saved)).toBe(true);
  });

  it('touches no policy that stood there before a foreign one, nor a role that was gone', () => {
    const own = { kind: 'set', own: true, denies: 'all', document: denyAll } as const;

    expect(step.restored(own, deny, { ...own, own: false, document: theirs })).toBe(true);
    expect(step.restored(own, deny, { kind: 'role gone' })).toBe(true);
  });

  it('tells what others changed since (law 7)', async () => {
    const set = { kind: 'set', own: true, denies: 'all', document: denyAll } as const;

    expect(step.drift(set, { kind: 'none' })).toEqual([
      'the quarantine policy was taken away since',
    ]);
    expect(step.drift(set, { kind: 'role gone' })).toEqual(['the role was deleted since']);
    expect(step.drift({ kind: 'none' }, set)).toEqual([
      'a quarantine policy was put on the role since',
    ]);
    expect(step.drift({ kind: 'role gone' }, { kind: 'none' })).toEqual([
      'the quarantine policy was taken away since',
    ]);
    expect(step.drift(set, { ...set, own: false, document: theirs })).toEqual([
      'the quarantine policy was changed since',
    ]);
    expect(step.drift({ kind: 'none' }, { kind: 'none' })).toEqual([]);
  });
});
