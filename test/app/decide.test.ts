import fc from 'fast-check';
import { decide, expire, mayVote } from '../../src/app/decide';
import { advance } from '../../src/app/advance';
import { MovedMeanwhile } from '../../src/app/move';
import type { Store } from '../../src/app/ports';
import type { RemediationId } from '../../src/domain/ids';
import type { Person } from '../../src/domain/person';
import { aFinding, aPolicy, hour, policyText, remediationId } from '../support/builders';
import { around } from '../support/faults';
import { abe, ann, bo, clickOf, gus, nils, rita } from '../support/people';
import { aWorld, remediate, sshOpen } from '../support/world';

const twoApprovals = aPolicy({
  approval: { default: { ...policyText.approval.default, approvals: 2 } },
});

/** A remediation that waits for a decision, and the hash of the plan that is shown. */
const waiting = async (wanted: Parameters<typeof aWorld>[0] = {}, by: Person = rita) => {
  const world = await aWorld(wanted);
  const { id } = await world.request(by);
  await world.play(id, 'remediate', { people: async () => {} });
  const hash = (await world.stored(id)).proposal?.hash ?? '';
  const vote = (person: Person, verdict: 'approve' | 'deny' = 'approve', more = {}) =>
    decide(world.door, { id, hash, verdict, ...more }, clickOf(person));
  return { ...world, id, hash, vote };
};

const refusals = async ({ held, finding }: Awaited<ReturnType<typeof waiting>>) =>
  (await held.trail(finding.key as string as Parameters<Store['trail']>[0]))
    .filter(({ event }) => event.type === 'approval.refused')
    .map(({ event }) => event);

describe('a decision', () => {
  it('is approved by one approver who did not ask', async () => {
    const world = await waiting();

    const decided = await world.vote(ann);

    expect(decided).toMatchObject({ kind: 'decided', settled: 'approved' });
    expect((await world.stored(world.id)).status.state).toBe('approved');
  });

  it('is open until the second of two approvers, and one person counts once', async () => {
    const world = await waiting({ policy: twoApprovals });

    const first = await world.vote(ann);
    const again = await world.vote(ann);
    const second = await world.vote(abe);

    expect(first).toMatchObject({ settled: 'open' });
    expect(again).toMatchObject({
      kind: 'refused',
      because: expect.stringContaining('You already decided at'),
    });
    expect(second).toMatchObject({ settled: 'approved' });
  });

  it('is denied by one no, with its reason, and frees the target', async () => {
    const world = await waiting({ policy: twoApprovals });
    await world.vote(ann);

    const decided = await world.vote(abe, 'deny', { reason: 'release day' });

    expect(decided).toMatchObject({ settled: 'denied' });
    expect((await world.stored(world.id)).status).toMatchObject({
      state: 'denied',
      by: abe.id,
      because: 'release day',
    });
    expect(world.held.held.locks.size).toBe(0);
  });

  it('of two people at once is one decision, and both get words (law 3)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.constantFrom('approve', 'deny'),
        fc.constantFrom('approve', 'deny'),
        async (scheduler, one, other) => {
          const world = await waiting();
          const door = {
            ...world.door,
            store: around<Store>(world.held, (name, run) =>
              scheduler.schedule(Promise.resolve(name)).then(run),
            ),
          };
          const vote = (person: Person, verdict: 'approve' | 'deny') =>
            decide(door, { id: world.id, hash: world.hash, verdict }, clickOf(person));

          const both = Promise.all([vote(ann, one), vote(abe, other)]);
          await scheduler.waitFor(both);

          const answers = await both;
          const won = answers.filter(({ kind }) => kind === 'decided');
          const lost = answers.flatMap((each) => (each.kind === 'refused' ? [each.because] : []));
          expect(won).toHaveLength(1);
          expect(lost).toEqual([
            expect.stringMatching(/^(Ann|Abe) already (approved|denied) this/),
          ]);
          expect((await world.stored(world.id)).proposal?.decisions).toHaveLength(1);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('of two people at once counts as both where two are needed', async () => {
    const world = await waiting({ policy: twoApprovals });

    const answers = await Promise.all([world.vote(ann), world.vote(abe)]);

    expect(answers.map((each) => 'settled' in each && each.settled).sort()).toEqual([
      'approved',
      'open',
    ]);
  });

  it('ends with an error, never with a yes, when the store takes no write (law 10)', async () => {
    const world = await waiting();
    const store = around<Store>(world.held, async (name, run) =>
      name === 'commit' ? 'conflict' : run(),
    );

    const decided = decide(
      { ...world.door, store },
      { id: world.id, hash: world.hash, verdict: 'approve' },
      clickOf(ann),
    );

    await expect(decided).rejects.toThrow(MovedMeanwhile);
    expect((await world.stored(world.id)).status.state).toBe('awaiting approval');
  });

  it('passes an unknown error on (law 10)', async () => {
    const world = await waiting();
    const store = around<Store>(world.held, async (name, run) => {
      if (name === 'commit') throw new Error('no table');
      return run();
    });

    const decided = decide(
      { ...world.door, store },
      { id: world.id, hash: world.hash, verdict: 'approve' },
      clickOf(ann),
    );

    await expect(decided).rejects.toThrow('no table');
  });
});

describe('a refused decision', () => {
  it.each([
    ['without the role', nils, {}, 'Only approvers may decide this.'],
    ['by the requester', rita, {}, 'You asked for this, so another person has to decide it.'],
    ['by a guest', gus, {}, 'You are a guest here, and only members may act.'],
    ['elsewhere', ann, { channel: 'C0OTHER' }, 'Drawbridge is not set up for this channel.'],
    ['from outside', ann, { team: 'T0OTHER' }, 'This request comes from another Slack workspace.'],
  ])('%s is told why and audited once (laws 3 and 13)', async (_, person, place, because) => {
    const world = await waiting();
    const vote = { id: world.id, hash: world.hash, verdict: 'approve' } as const;

    const first = await mayVote(world.door, vote, clickOf(person, place));
    await mayVote(world.door, vote, clickOf(person, place));

    expect(first).toMatchObject({ kind: 'refused', because });
    expect(await refusals(world)).toMatchObject([
      { actor: { kind: 'person', id: person.id }, facts: { verdict: 'approve', because } },
    ]);
  });

  it('for another reason is another fact', async () => {
    const world = await waiting();
    const vote = { id: world.id, hash: world.hash, verdict: 'approve' } as const;

    await mayVote(world.door, vote, clickOf(nils, { channel: 'C0OTHER' }));
    await mayVote(world.door, vote, clickOf(nils));

    expect(await refusals(world)).toHaveLength(2);
  });

  it('in a shared channel is told so', async () => {
    const world = await waiting();
    world.people.sharedChannels.add('C0ALERTS');

    const answer = await world.vote(ann);

    expect(answer).toMatchObject({ because: expect.stringContaining('shared with another') });
  });

  it('on a plan that is not the one shown now is told to read again (law 2)', async () => {
    const world = await waiting();

    const answer = await decide(
      world.door,
      { id: world.id, hash: 'f'.repeat(64), verdict: 'approve' },
      clickOf(ann),
    );

    expect(answer).toMatchObject({ because: expect.stringContaining('The plan has changed') });
  });

  it('is an error when the person cannot be looked up (law 10)', async () => {
    const world = await waiting();
    world.people.unreachable.add(ann.id);

    await expect(world.vote(ann)).rejects.toThrow('users.info failed');
    expect((await world.stored(world.id)).status.state).toBe('awaiting approval');
  });

  it('says that there is no plan for what is not known or not planned', async () => {
    const world = await aWorld();
    const { id } = await world.request();
    const vote = { hash: '', verdict: 'approve' } as const;

    const unknown = await decide(
      world.door,
      { ...vote, id: `${remediationId}0` as RemediationId },
      clickOf(ann),
    );
    const unplanned = await decide(world.door, { ...vote, id }, clickOf(ann));

    expect(unknown).toMatchObject({ because: 'There is no plan to decide on here.' });
    expect(unplanned).toEqual(unknown);
  });
});

describe('a changed target', () => {
  it('is shown again, and decisions on the old plan do not count (law 2)', async () => {
    const world = await waiting({ policy: twoApprovals });
    await world.vote(ann);
    await world.vote(abe);
    world.ec2.group('sg-0a1b2c3d', [sshOpen, { ...sshOpen, FromPort: 22, ToPort: 22 }]);

    const next = await advance(world.deps, await world.stored(world.id), () => 60_000);

    const { status, proposal } = await world.stored(world.id);
    expect(next).toEqual({ next: 'ask' });
    expect(status.state).toBe('awaiting approval');
    expect(proposal).toMatchObject({ revision: 2, decisions: [] });
    expect(proposal?.hash).not.toBe(world.hash);
    expect(await world.vote(ann)).toMatchObject({
      because: expect.stringContaining('The plan has changed'),
    });
    expect(world.ec2.calls.filter(({ name }) => !name.startsWith('ec2:Describe'))).toEqual([]);
  });

  it('ends as compliant when there is nothing left to do, and resolves nothing (law 6)', async () => {
    const world = await waiting();
    await world.vote(ann);
    world.ec2.group('sg-0a1b2c3d', []);

    await world.play(world.id, 'undo');

    expect((await world.stored(world.id)).status.state).toBe('compliant');
    expect(world.source.written).toEqual([]);
    expect(world.held.held.locks.size).toBe(0);
  });

  it('that stays as it was needs no second decision', async () => {
    const world = await aWorld();

    const end = await remediate(world);

    expect(end).toMatchObject({ status: { state: 'done' }, proposal: { revision: 1 } });
  });
});

describe('the time to decide', () => {
  it('ends exactly at the limit: a decision is late, the expiry is due', async () => {
    const world = await waiting();
    world.clock.pass(4 * hour);

    const late = await world.vote(ann);
    await expire(world.door, world.id);

    expect(late).toMatchObject({ because: expect.stringContaining('The time to decide is over') });
    expect((await world.stored(world.id)).status.state).toBe('expired');
    expect(world.held.held.due.size).toBe(0);
    expect(world.held.held.locks.size).toBe(0);
  });

  it('goes on until one millisecond before: an expiry does nothing, a decision counts', async () => {
    const world = await waiting();
    world.clock.pass(4 * hour - 1);

    await expire(world.door, world.id);
    const decided = await world.vote(ann);

    expect(decided).toMatchObject({ settled: 'approved' });
  });

  it('ends in words by the time-out of the workflow as well', async () => {
    const world = await aWorld();
    const { id } = await world.request();

    const passed = await world.play(id, 'remediate', {
      people: async () => world.clock.pass(4 * hour),
    });

    expect(passed).toEqual(expect.arrayContaining(['Expire', 'Finish', 'Ended']));
    expect((await world.stored(id)).status.state).toBe('expired');
  });

  it('has no end for what is decided, unplanned or unknown', async () => {
    const world = await waiting({}, bo);
    await world.vote(ann);
    world.clock.pass(5 * hour);

    await expire(world.door, world.id);
    await expire(world.door, `${remediationId}0` as RemediationId);

    expect((await world.stored(world.id)).status.state).toBe('approved');
    const unplanned = await aWorld({ finding: aFinding() });
    const { id } = await unplanned.request();
    await expire(unplanned.door, id);
    expect((await unplanned.stored(id)).status.state).toBe('preparing');
  });
});
