import fc from 'fast-check';
import { findingCard } from '../../blocks/finding-card';
import { auditTypes, type AuditType } from '../../src/domain/audit';
import type { Message } from '../../src/domain/message';
import { offersFor } from '../../src/domain/playbook';
import { deliver } from '../../src/slack/outbox';
import { anOutbox, card, caseId, entry, type Outbox } from './support/outbox';

const patient: readonly AuditType[] = ['finding.received', 'finding.announced', 'finding.changed'];

/** The relay: whatever was stored is put into the outbox, and a bystander may put it there again. */
const relaying = (outbox: Outbox) => {
  const pending: Message[] = [];
  let links = 0;
  return {
    pending,
    relay: async () => {
      const now = await outbox.links();
      for (; links < now; links += 1) pending.push(entry(links + 1), card);
    },
  };
};

type Action =
  | { kind: 'happens'; type: AuditType }
  | { kind: 'deliver'; pick: number; keep: boolean };
const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('happens' as const), type: fc.constantFrom(...auditTypes) }),
    fc.record({
      kind: fc.constant('deliver' as const),
      pick: fc.nat({ max: 50 }),
      keep: fc.boolean(),
    }),
  ),
  { maxLength: 30 },
);

it('messages late, doubled and out of order end in the same Slack', async () => {
  await fc.assert(
    fc.asyncProperty(actions, fc.array(fc.nat()), async (actions, order) => {
      const outbox = await anOutbox();
      const { deps, slack, held, finding } = outbox;
      const { pending, relay } = relaying(outbox);
      await relay();
      for (const action of actions) {
        if (action.kind === 'happens') await outbox.happens(action.type);
        else {
          const index = action.pick % pending.length;
          const message = pending[index];
          if (message) await deliver(deps, message);
          if (!action.keep) pending.splice(index, 1);
        }
        await relay();
      }
      for (let turn = 0; pending.length > 0; turn += 1) {
        const [message] = pending.splice((order[turn] ?? 0) % pending.length, 1);
        await deliver(deps, message!);
        await relay();
      }
      const record = held.held.findings.get(finding.key)!;
      const offers = offersFor(deps.offers, record.finding);
      const view = { record, offers, steps: [], stepWords: [], policy: deps.policy };
      expect(slack.roots('C0ALERTS').map(({ content }) => content)).toEqual([findingCard(view)]);
      const told = slack.told();
      expect(told).toEqual(told.map((_, index) => index + 1));
      const untold = (await held.trail(caseId)).slice(told.length).map(({ event }) => event.type);
      expect(untold.filter((type) => !patient.includes(type))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
