import { decide, mayVote } from '../../src/app/decide';
import type { RemediationId } from '../../src/domain/ids';
import { remediationId } from '../support/builders';
import { ann, clickOf, gus, nils, rita } from '../support/people';
import { refusals, waiting } from '../support/waiting';
import { aWorld } from '../support/world';

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
