import { decide } from '../../src/app/decide';
import type { Store } from '../../src/app/ports';
import type { Person } from '../../src/domain/person';
import { aPolicy, policyText } from './builders';
import { clickOf, rita } from './people';
import { aWorld } from './world';

export const twoApprovals = aPolicy({
  approval: { default: { ...policyText.approval.default, approvals: 2 } },
});

/** A remediation that waits for a decision, and the hash of the plan that is shown. */
export const waiting = async (wanted: Parameters<typeof aWorld>[0] = {}, by: Person = rita) => {
  const world = await aWorld(wanted);
  const { id } = await world.request(by);
  await world.play(id, 'remediate', { people: async () => {} });
  const hash = (await world.stored(id)).proposal?.hash ?? '';
  const vote = (person: Person, verdict: 'approve' | 'deny' = 'approve', more = {}) =>
    decide(world.door, { id, hash, verdict, ...more }, clickOf(person));
  return { ...world, id, hash, vote };
};

/** The refused decisions in the trail. */
export const refusals = async ({ held, finding }: Awaited<ReturnType<typeof waiting>>) =>
  (await held.trail(finding.key as string as Parameters<Store['trail']>[0]))
    .filter(({ event }) => event.type === 'approval.refused')
    .map(({ event }) => event);
