import fc from 'fast-check';
import { advance } from '../../../src/app/gate/advance';
import { decide } from '../../../src/app/gate/decide';
import type { GateVote } from '../../../src/app/gate/decide';
import { refOf, voteOn } from '../../support/gate-votes';
import { aGate } from '../../support/memory-gate';
import { abe, ann, bo, clickOf, gus, rita } from '../../support/people';

const inReview = async (policy: Parameters<typeof aGate>[0] = {}, kinds = ['card', 'skip']) => {
  const gate = aGate(policy);
  const bodies = kinds.map((kind, index) => gate.upload(`in/${index}`, kind));
  const id = await gate.begin({ kind: 'person', id: bo.id, name: bo.name });
  await gate.advanceAll(id);
  return { gate, id, bodies };
};
const because = (text: string) => ({ kind: 'refused', because: expect.stringContaining(text) });

describe('a decision', () => {
  it('D8: is of all, or of single objects: the rest waits', async () => {
    const { gate, id, bodies } = await inReview();
    const some = (key: string) => ({ kind: 'some' as const, refs: [refOf(gate, id, key)] });
    await voteOn(gate, id, ann, { scope: some('in/0') });
    await gate.advanceAll(id);
    expect(gate.bodies('released')).toEqual([bodies[0]]);
    expect(gate.bodies('review')).toEqual([bodies[1]]);
    expect(gate.run(id).status.state).toBe('review');

    await voteOn(gate, id, ann, { verdict: 'deny', scope: some('in/1') });
    await gate.advanceAll(id);
    expect(gate.bodies('quarantine')).toEqual([bodies[1]]);
    expect(gate.run(id)).toMatchObject({
      status: { state: 'done' },
      counts: { released: 1, keptOut: 1 },
    });
  });

  it('D7: is needed for anything to move: without one all stays where it is', async () => {
    const { gate, id, bodies } = await inReview();
    for (let turn = 0; turn < 5; turn += 1) expect(await gate.turn(id)).toBe('end');
    expect(gate.bodies('review').sort()).toEqual([...bodies].sort());
  });

  it('needs as many people as the policy says for each severity', async () => {
    const { gate, id, bodies } = await inReview({ approvals: { high: 2, otherwise: 1 } });
    await voteOn(gate, id, ann);
    await gate.advanceAll(id);
    expect(gate.bodies('released')).toEqual([bodies[1]]);
    expect(await voteOn(gate, id, ann)).toMatchObject(because('You already decided at'));
    await voteOn(gate, id, abe);
    await gate.advanceAll(id);
    expect(gate.bodies('released')).toEqual([bodies[1], bodies[0]]);
  });

  it('D35: is made by those who may, where they may, seeing what they decide on, with a reason, and is audited', async () => {
    const { gate, id } = await inReview({ separate: true });
    expect(await voteOn(gate, id, rita)).toMatchObject({
      ...because('Only approvers'),
      who: 'approver',
    });
    expect(await voteOn(gate, id, gus)).toMatchObject(because('a guest'));
    expect(await voteOn(gate, id, bo)).toMatchObject(because('You started this run'));
    expect(await voteOn(gate, id, ann, { seen: 'other' })).toMatchObject(because('Look again'));
    expect(await voteOn(gate, id, ann, { reason: '  ' })).toMatchObject(because('needs a reason'));
    const none = { kind: 'some', refs: [] } as const;
    expect(await voteOn(gate, id, ann, { scope: { ...none, refs: [] } })).toMatchObject(
      because('No object'),
    );
    const run = gate.run(id);
    const vote: GateVote = {
      run: id,
      verdict: 'approve',
      scope: { kind: 'all' },
      seen: run.summary!.hash,
      reason: 'x',
    };
    expect(await decide(gate.deps(), vote, clickOf(ann, { channel: 'C0ELSE' }))).toMatchObject(
      because('not set up for this channel'),
    );
    gate.people.unreachable.add(ann.id);
    await expect(voteOn(gate, id, ann)).rejects.toThrow('users.info');
    expect(gate.run(id).decisions).toBe(0);
    expect(gate.told(id).filter((type) => type === 'gate.decision-refused')).toHaveLength(7);

    gate.people.unreachable.clear();
    expect(await voteOn(gate, id, ann)).toMatchObject({ kind: 'decided', number: 1 });
    const told = gate.store.chains.get(id)!.findLast(({ event }) => event.type === 'gate.decided')!;
    expect(told.event).toMatchObject({
      actor: { kind: 'person', id: ann.id },
      facts: { verdict: 'approve', scope: 'all', reason: 'looked at it', hash: run.summary!.hash },
    });
  });

  it('D37: hears who was first when all is decided, and the same refusal twice is one fact', async () => {
    const { gate, id } = await inReview();
    await voteOn(gate, id, ann, { verdict: 'deny' });
    await gate.advanceAll(id);
    for (let time = 0; time < 2; time += 1)
      expect(await voteOn(gate, id, abe)).toMatchObject(because('Ann was the last, at 2026-03-01'));
    expect(gate.told(id).filter((type) => type === 'gate.decision-refused')).toHaveLength(1);
  });

  it('of two at the same moment both count, one after the other', async () => {
    const { gate, id } = await inReview({ approvals: { high: 2, otherwise: 2 } });
    const both = await Promise.all([voteOn(gate, id, ann), voteOn(gate, id, abe)]);
    expect(
      both.map((each) => (each.kind === 'decided' ? each.number : 0)).sort((a, b) => a - b),
    ).toEqual([1, 2]);
    await gate.advanceAll(id);
    expect(gate.run(id).status.state).toBe('done');
    expect(gate.bodies('released')).toHaveLength(2);
  });

  it('D31: keeps denied objects; deletes only where the policy allows it, and then by two people', async () => {
    const refused = await inReview();
    expect(await voteOn(refused.gate, refused.id, ann, { verdict: 'delete' })).toMatchObject(
      because('allows no deletion'),
    );
    const { gate, id } = await inReview({ deletion: true });
    await voteOn(gate, id, ann, { verdict: 'delete' });
    expect(await voteOn(gate, id, ann, { verdict: 'delete' })).toMatchObject(
      because('You already'),
    );
    await gate.advanceAll(id);
    expect(gate.bodies('review')).toHaveLength(2);
    await voteOn(gate, id, abe, { verdict: 'delete' });
    await gate.advanceAll(id);
    expect(gate.bodies('review')).toEqual([]);
    expect(gate.bodies('quarantine')).toEqual([]);
    expect(gate.run(id).counts.deleted).toBe(2);
    const told = gate.store.chains
      .get(id)!
      .find(({ event }) => event.type === 'gate.objects-deleted');
    expect(told?.event.facts).toMatchObject({
      count: 2,
      by: 'Ann and Abe',
      keys: '["in/0","in/1"]',
    });
  });

  it('D31: deletes nothing where the policy took that back in between', async () => {
    const { gate, id } = await inReview({ deletion: true });
    await voteOn(gate, id, ann, { verdict: 'delete' });
    await voteOn(gate, id, abe, { verdict: 'delete' });
    gate.setPolicy({ deletion: false });
    await gate.advanceAll(id);
    expect(gate.bodies('review')).toHaveLength(2);
  });

  it('may turn a yes of one’s own into a no while it is open', async () => {
    const { gate, id } = await inReview({ approvals: { high: 2, otherwise: 2 } });
    await voteOn(gate, id, ann);
    expect(await voteOn(gate, id, ann, { verdict: 'deny' })).toMatchObject({ kind: 'decided' });
    await gate.advanceAll(id);
    expect(gate.bodies('quarantine')).toHaveLength(2);
  });

  it('that something is no finding releases it without the mark of one', async () => {
    const { gate, id } = await inReview({}, ['card', 'archived']);
    await voteOn(gate, id, ann, {
      falsePositive: true,
      scope: { kind: 'some', refs: [refOf(gate, id, 'in/0')] },
    });
    await voteOn(gate, id, abe);
    await gate.advanceAll(id);
    expect(gate.buckets.current('released', 'in/0')?.tags).not.toHaveProperty('SensitiveDataFound');
    expect(gate.buckets.current('released', 'in/1')?.tags).toMatchObject({
      SensitiveDataFound: 'true',
    });
  });
});

describe('what the policy releases by severity', () => {
  it('is released, marked, and nobody is asked', async () => {
    const { gate, id, bodies } = await inReview({ release: ['high'] }, ['card']);
    expect(gate.bodies('released')).toEqual(bodies);
    expect(gate.buckets.current('released', 'in/0')?.tags).toMatchObject({
      SensitiveDataFound: 'true',
    });
    expect(gate.run(id).status.state).toBe('done');
    expect(gate.told(id)).not.toContain('gate.review-asked');
  });
});

describe('what is approved late', () => {
  it('D26: does not hide a newer upload of the same key that was released meanwhile', async () => {
    const { gate, id, bodies } = await inReview({}, ['card']);
    const newer = gate.upload('in/0', 'clean');
    await gate.advanceAll(await gate.begin());
    await voteOn(gate, id, ann);
    await gate.advanceAll(id);
    expect(gate.bodies('released')).toEqual([newer]);
    expect(gate.bodies('quarantine')).toEqual(bodies);
    expect(gate.run(id).counts).toMatchObject({ outdated: 1, released: 0 });
    expect(gate.told(id)).toContain('gate.objects-outdated');
  });
});

describe('many decided objects', () => {
  it('are told by name, at most twenty at once', async () => {
    const kinds = Array.from({ length: 45 }, () => 'card');
    const { gate, id } = await inReview({}, kinds);
    await voteOn(gate, id, ann);
    await gate.advanceAll(id);
    const told = gate.store.chains
      .get(id)!
      .filter(({ event }) => event.type === 'gate.objects-released')
      .map(({ event }) => event.facts);
    expect(told.map(({ count }) => count)).toEqual([20, 20, 5]);
    const names = told.flatMap(({ keys }) => JSON.parse(String(keys)) as string[]);
    expect(new Set(names).size).toBe(45);
  });

  it('are carried out by one call at a time, whoever else is woken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (dies) => {
        const { gate, id } = await inReview({}, ['card', 'card', 'skip']);
        await voteOn(gate, id, ann, { scope: { kind: 'some', refs: [refOf(gate, id, 'in/1')] } });
        const dying = gate.turn(id, { dies });
        await voteOn(gate, id, abe);
        await Promise.all([dying, gate.turn(id), advance(gate.deps(), id)]);
        await gate.advanceAll(id);
        expect(gate.bodies('released').sort()).toEqual(['card 0001', 'card 0002', 'skip 0003']);
        expect(gate.run(id).status.state).toBe('done');
      }),
      { numRuns: 60 },
    );
  });
});
