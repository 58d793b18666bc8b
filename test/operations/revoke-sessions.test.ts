import { revokeSessions as step } from '../../src/operations/iam/revoke-sessions';
import { MemoryAws } from '../support/memory-aws';
import { memoryRoles } from '../support/memory-roles';
import { clock, revoke, revokedBefore, revokedName } from './samples/sessions';
import { instanceId } from './samples/ec2-instances';

const theirs = '{"Version":"2012-10-17","Statement":[]}';
const run = 'rem-0000000000/7';

const world = (policies = new Map<string, string>(), at = '2026-03-01T12:00:00.000Z') => {
  const aws = new MemoryAws(memoryRoles(new Map([['web', { policies }]])), clock(at));
  const read = (by = run) => step.read(aws, revoke, by);
  return {
    policies,
    read,
    apply: async (by = run) => step.apply(aws, revoke, await read(by), by),
    undo: async (before: Awaited<ReturnType<typeof read>>, by = run) =>
      step.undo(aws, revoke, before, await read(by)),
  };
};

describe('revoking the sessions of a role', () => {
  it('denies what was issued before now, by a clock that may be a little late', async () => {
    const { policies, apply } = world();

    await apply();

    expect(JSON.parse(policies.get(revokedName) ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: expect.stringMatching(/^DrawbridgeRevoked[0-9a-f]{16}$/),
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-03-01T12:00:05.000Z' } },
        },
      ],
    });
    expect(revokedName).toContain(instanceId);
  });

  it('keeps its time when it is done again, so that nobody is cut off twice', async () => {
    const policies = new Map<string, string>();
    await world(policies).apply();
    const first = policies.get(revokedName);

    await world(policies, '2026-03-01T13:00:00.000Z').apply();

    expect(policies.get(revokedName)).toBe(first);
  });

  it('of a later run is later: what was given out in between is revoked too', async () => {
    const policies = new Map<string, string>();
    await world(policies).apply();
    const later = world(policies, '2026-03-02T12:00:00.000Z');

    await later.apply('rem-0000000001/7');

    expect(policies.get(revokedName)).toContain('2026-03-02T12:00:05.000Z');
    expect(step.holds(await later.read(), revoke)).toBe(false);
  });

  it.each([
    [
      'an earlier time',
      (text: string) => text.replace('2026-03-01T12:00:05', '2025-01-01T00:00:00'),
    ],
    ['fewer actions', (text: string) => text.replace('"Action":"*"', '"Action":"s3:*"')],
    [
      'a further condition',
      (text: string) => text.replace('{"DateLessThan"', '{"Bool":{},"DateLessThan"'),
    ],
  ])('does not hold once somebody gave it %s', async (_, loosened) => {
    const { policies, apply, read } = world();
    await apply();
    const after = await read();
    policies.set(revokedName, loosened(policies.get(revokedName) ?? ''));

    expect(step.holds(await read(), revoke)).toBe(false);
    expect(step.drift(after, await read())).toEqual([
      'the policy that revokes sessions was changed since',
    ]);
  });

  it('tells what became of it since', async () => {
    const { policies, apply, read } = world();
    await apply();
    const after = await read();
    expect(step.drift(after, after)).toEqual([]);

    policies.clear();

    expect(step.drift(after, await read())).toEqual([
      'the policy that revokes sessions was taken away since',
    ]);
  });

  it('leaves a policy of this name alone that it did not write, and says so', async () => {
    const { policies, apply, undo, read } = world(new Map([[revokedName, theirs]]));

    await expect(apply()).rejects.toThrow(/that Drawbridge did not write: it stays as it is/);
    await undo({ kind: 'none' });

    expect([...policies]).toEqual([[revokedName, theirs]]);
    expect(step.restored(await read(), revoke, { kind: 'none' })).toBe(true);
  });

  it.each(['not json', '"Statement"', '{"Statement":[]}'])(
    'reads %s as another’s',
    async (text) => {
      const { read } = world(new Map([[revokedName, text]]));

      expect(await read()).toEqual({ kind: 'set', own: false, ofThisRun: false, document: text });
    },
  );

  it('is taken back to what an earlier run wrote', async () => {
    const earlier = revokedBefore('2026-01-01T00:00:00.000Z');
    const { policies, apply, undo, read } = world(new Map([[revokedName, earlier]]));
    const before = await read();
    await apply();

    await undo(before);

    expect(JSON.parse(policies.get(revokedName) ?? '')).toEqual(JSON.parse(earlier));
  });
});
