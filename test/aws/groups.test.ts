import fc from 'fast-check';
import { groupsOn } from '../../src/aws/groups';
import type { Groups } from '../../src/app/groups';
import { stormsOf, type Member } from '../../src/domain/group';
import { account, aClock, aFinding, aRemediation } from '../support/builders';
import { keyOf, minute } from '../support/listing';
import { MemoryDynamo } from '../support/memory-dynamo';
import { memoryGroups } from '../support/memory-groups';

const { channel } = aRemediation();
const groupOf = (n: number) =>
  stormsOf(aFinding({ control: `EC2.${n}` }), channel, new Date('2026-03-01T12:00:00.000Z')).kind;
const member = (n: number): Member => ({
  key: keyOf(n),
  severity: 'high',
  account: aFinding({ account }).account,
  at: minute(n),
});

const onTable = () => {
  const dynamo = new MemoryDynamo();
  const clock = aClock();
  const groups = groupsOn(dynamo.client(), 'drawbridge', dynamo.table(), clock.now);
  return { dynamo, clock, groups };
};

describe('a count', () => {
  it('rises by one with each, under its own name', async () => {
    const { groups } = onTable();
    expect([await groups.count('a'), await groups.count('a'), await groups.count('b')]).toEqual([
      1, 2, 1,
    ]);
  });
});

describe('a group', () => {
  it('keeps each member once, as it joined first', async () => {
    const { groups } = onTable();
    await groups.join(groupOf(1), member(1), minute(1));
    await groups.join(groupOf(1), { ...member(1), severity: 'low' }, minute(1));
    await groups.join(groupOf(1), member(2), minute(1));
    expect(await groups.read(groupOf(1).id)).toEqual({
      group: groupOf(1),
      members: [member(1), member(2)],
    });
    expect(await groups.read(groupOf(2).id)).toBeUndefined();
  });

  it('of hundreds is read whole', async () => {
    const { groups } = onTable();
    for (let n = 0; n < 40; n += 1) await groups.join(groupOf(1), member(n), minute(1));
    expect((await groups.read(groupOf(1).id))?.members).toHaveLength(40);
  });

  it('is kept for thirty days, with all that belongs to it', async () => {
    const { groups, dynamo, clock } = onTable();
    await groups.count(groupOf(1).id);
    await groups.join(groupOf(1), member(1), minute(1));
    const until = String(clock.now().getTime() / 1000 + 30 * 86_400);
    expect([...dynamo.items.values()].map(({ ttl }) => ttl?.N)).toEqual([
      until,
      until,
      until,
      until,
    ]);
  });
});

describe('what is due', () => {
  it('is due from the moment that its first newcomer set, and not before', async () => {
    const { groups } = onTable();
    await groups.join(groupOf(1), member(1), minute(5));
    await groups.join(groupOf(1), member(2), minute(9));
    await groups.join(groupOf(2), member(3), minute(7));
    expect(await groups.due(minute(4))).toEqual([]);
    expect((await groups.due(minute(5))).map(({ group }) => group)).toEqual([groupOf(1)]);
    expect(await groups.due(minute(7))).toHaveLength(2);
  });

  it('is settled once it was shown', async () => {
    const { groups } = onTable();
    await groups.join(groupOf(1), member(1), minute(5));
    const [due] = await groups.due(minute(5));
    await groups.settle(due!.group.id, due!.mark);
    await groups.settle(due!.group.id, due!.mark);
    expect(await groups.due(minute(99))).toEqual([]);
  });

  it('stays due, under another mark, where somebody joined while it was shown', async () => {
    const { groups } = onTable();
    await groups.join(groupOf(1), member(1), minute(5));
    const [due] = await groups.due(minute(5));
    await groups.join(groupOf(1), member(2), minute(6));
    await groups.settle(due!.group.id, due!.mark);
    const [again] = await groups.due(minute(5));
    expect(again?.group).toEqual(groupOf(1));
    expect(again?.mark).not.toBe(due?.mark);
  });

  it('never has the mark of an earlier time: the queue would take it for the same message', async () => {
    const { groups } = onTable();
    const marks: string[] = [];
    for (const n of [1, 2, 3]) {
      await groups.join(groupOf(1), member(n), minute(5 * n));
      const [due] = await groups.due(minute(5 * n));
      marks.push(due!.mark);
      await groups.settle(due!.group.id, due!.mark);
    }
    expect(new Set(marks).size).toBe(3);
  });

  it('is fifty at most in one go, and nothing of a group that is gone', async () => {
    const { groups, dynamo } = onTable();
    for (let n = 0; n < 60; n += 1) await groups.join(groupOf(n), member(n), minute(1));
    expect(await groups.due(minute(1))).toHaveLength(50);
    for (const key of dynamo.items.keys()) if (key.startsWith('GROUP#')) dynamo.items.delete(key);
    expect(await groups.due(minute(1))).toEqual([]);
  });

  it('fails loudly where the table does', async () => {
    const { groups, dynamo } = onTable();
    await groups.join(groupOf(1), member(1), minute(1));
    dynamo.items.get = () => {
      throw new Error('table down');
    };
    await expect(groups.settle(groupOf(1).id, `${minute(1)}/1`)).rejects.toThrow('table down');
  });
});

it('answers as the groups in memory do, whatever is done to both', async () => {
  type Act = (groups: Groups) => Promise<unknown>;
  const n = fc.nat(3);
  const act: fc.Arbitrary<Act> = fc.oneof(
    fc.tuple(n, n, n).map(
      ([group, who, at]): Act =>
        (groups) =>
          groups.join(groupOf(group), member(who), minute(at)),
    ),
    n.map(
      (name): Act =>
        (groups) =>
          groups.count(`name ${name}`),
    ),
    n.map((at): Act => async (groups) => {
      const due = (await groups.due(minute(at))).toSorted((a, b) =>
        a.group.id < b.group.id ? -1 : 1,
      );
      for (const { group, mark } of due.slice(0, 1)) await groups.settle(group.id, mark);
      return due;
    }),
    fc.tuple(n, n).map(
      ([group, joined]): Act =>
        (groups) =>
          groups.settle(groupOf(group).id, `${minute(0)}/${joined}`),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 15 }), async (acts) => {
      const { groups } = onTable();
      const model = memoryGroups();
      for (const each of acts) expect(await each(groups)).toEqual(await each(model));
      for (const each of [0, 1, 2, 3]) {
        const { id } = groupOf(each);
        const inMemory = await model.read(id);
        inMemory?.members.sort((a, b) => (a.key < b.key ? -1 : 1));
        expect(await groups.read(id)).toEqual(inMemory);
      }
    }),
    { numRuns: 200 },
  );
});
