import type { FindingRecord } from '../../../src/app/ports';
import type { AuditEvent } from '../../../src/domain/audit';
import { CaseId, FindingKey, RemediationId } from '../../../src/domain/ids';
import type { Remediation } from '../../../src/domain/remediation';
import { words } from '../../blocks/support/reading';
import { record } from '../../blocks/support/samples';
import { aFinding, aProposal, aRemediation, aTarget } from '../../support/builders';
import { aDoorway } from '../support/doorway';
import { commanded, request } from '../support/requests';
import type { FakeSlack } from '../support/slack';

export const keyOf = (n: number): FindingKey => FindingKey.parse(n.toString(16).padStart(32, '0'));
export const idOf = (n: number): RemediationId =>
  RemediationId.parse(`rem-${String(n).padStart(20, '0')}`);

/** Minutes after the world’s noon. */
export const minute = (n: number): string =>
  new Date(Date.parse('2026-03-01T12:00:00.000Z') + n * 60_000).toISOString();

type Who = Parameters<typeof commanded>[2];

/** The door with the desk behind it; what is asked for is looked up and answered at once. */
export const aDesk = async (slack: FakeSlack, how?: Parameters<typeof aDoorway>[1]) => {
  const door = await aDoorway(slack, how);
  const { held } = door;
  const last = () => slack.asked('respond').at(-1);
  return {
    ...door,
    last,
    /** What the person reads who typed this. */
    async ask(text: string, who?: Who, command = '/drawbridge'): Promise<string> {
      await door.send(request(commanded(slack.url, text, who, { command })));
      await door.serve();
      return words(last());
    },
    /** One finding more, `n` minutes young. */
    async finding(
      n: number,
      finding: Parameters<typeof aFinding>[0] = {},
      more: Partial<FindingRecord> = {},
    ) {
      const at = minute(n);
      const one = record({
        finding: aFinding({
          key: keyOf(n),
          id: `finding-${n}`,
          resources: [{ kind: aTarget.kind, id: `sg-${n.toString(16).padStart(8, '0')}` }],
          ...finding,
        }),
        firstAt: at,
        lastAt: at,
        ...more,
      });
      await held.commit({ finding: one, events: [] });
      return one;
    },
    /** One remediation that waits for a decision, unless it is said where it stands. */
    async remediation(n: number, more: Partial<Remediation> = {}) {
      const one = aRemediation({
        id: idOf(n),
        proposal: aProposal({ until: minute(240 - n) }),
        requestedAt: minute(n),
        status: { state: 'awaiting approval' },
        ...more,
      });
      await held.commit({ remediation: one, events: [] });
      return one;
    },
    /** A fact in the chain of a case. */
    async fact(of: string, n: number, more: Partial<AuditEvent> = {}) {
      await held.commit({
        events: [
          {
            id: `${of}/${n}`,
            type: 'finding.changed',
            case: CaseId.parse(of),
            at: minute(n),
            actor: { kind: 'drawbridge' },
            facts: {},
            ...more,
          },
        ],
      });
    },
    /** The case has a card. */
    card: (of: string) =>
      void door.cards.set(of, { channel: record().channel, ts: '1.1', shows: '', told: 0 }),
  };
};
export type Desk = Awaited<ReturnType<typeof aDesk>>;
