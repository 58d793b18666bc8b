import type { CaseView } from '../../../blocks/case-view';
import type { FindingRecord } from '../../../src/app/ports';
import type { Link } from '../../../src/domain/audit';
import { CaseId, ChannelId } from '../../../src/domain/ids';
import type { Person } from '../../../src/domain/person';
import { planHash, type Plan } from '../../../src/domain/plan';
import type { Proposal, Remediation, State, Status } from '../../../src/domain/remediation';
import { offers } from '../../../src/playbooks/offers';
import {
  aFinding,
  aPlan,
  aPolicy,
  aProposal,
  aRemediation,
  aTarget,
  findingKey,
  policyText,
} from '../../support/builders';
import { ann, rita } from '../../support/people';

export const channel = ChannelId.parse('C0ALERTS');
export const at = '2026-03-02T03:04:05.000Z';
export const later = '2026-03-02T07:04:05.000Z';
export const caseId = CaseId.parse(findingKey);

/** Approvers are a group and a single person, so that both kinds of mention are seen. */
export const policy = aPolicy({
  roles: { ...policyText.roles, approver: { groups: ['S0APPROVERS'], users: ['U0ABE'] } },
});

export const record = (more: Partial<FindingRecord> = {}): FindingRecord => ({
  finding: aFinding(),
  count: 1,
  firstAt: at,
  lastAt: at,
  channel,
  loud: true,
  version: 1,
  ...more,
});

/** As the shipped playbook plans it. */
export const plan = (more: Partial<Plan> = {}): Plan =>
  aPlan({
    effects: [
      {
        what: 'Inbound rule',
        before: 'TCP 20–25 from 0.0.0.0/0 “temporary”',
        after: 'TCP 20–21 from 0.0.0.0/0 “temporary” + TCP 23–25 from 0.0.0.0/0 “temporary”',
      },
      { what: 'Inbound rule', before: 'TCP 22 from ::/0', after: 'removed' },
    ],
    keeps: ['TCP 443 from 0.0.0.0/0 “web”', 'TCP 22 from 10.0.0.0/8 “vpn”'],
    blastRadius: ['Group web in vpc-1 is used by 2 network interfaces, 1 with a public address.'],
    ...more,
  });

export const proposal = (more: Partial<Proposal> = {}): Proposal =>
  aProposal({ plan: plan(), ...more });

export const remediation = (more: Partial<Remediation> = {}): Remediation =>
  aRemediation({
    proposal: proposal(),
    status: { state: 'awaiting approval' },
    version: 2,
    ...more,
  });

const because = 'AccessDenied: not allowed';
/** One status of each state. */
export const statuses: { [S in State]: Extract<Status, { state: S }> } = {
  preparing: { state: 'preparing' },
  'awaiting approval': { state: 'awaiting approval' },
  approved: { state: 'approved', at },
  applying: { state: 'applying' },
  'rolling back': { state: 'rolling back', because },
  undoing: { state: 'undoing', by: ann.id, reason: 'the vendor needs it' },
  compliant: { state: 'compliant', at, because: 'No inbound rule opens SSH.' },
  refused: { state: 'refused', at, because: 'The group belongs to another team.' },
  denied: { state: 'denied', at, by: ann.id, because: 'wait for the release' },
  expired: { state: 'expired', at },
  cancelled: { state: 'cancelled', at, by: rita.id },
  done: { state: 'done', at, undoUntil: later },
  'rolled back': { state: 'rolled back', at, because },
  held: { state: 'held', at, because },
  undone: { state: 'undone', at, by: ann.id },
};
export const states = Object.keys(statuses) as State[];

export const approval = {
  by: ann.id,
  name: ann.name,
  verdict: 'approve',
  at,
  hash: planHash(plan()),
} as const;

/** One playbook is offered, as the shipped one says of itself. */
export const view = (more: Partial<CaseView> = {}): CaseView => ({
  record: record(),
  offers: offers
    .filter(({ id }) => id === 'close-ec2-admin-ports')
    .map((offer) => ({ offer, target: aTarget })),
  steps: [],
  stepWords: ['Replace 2 inbound rules of sg-0a1b2c3d by 2 narrower ones'],
  policy,
  ...more,
});

export const member = (more: Partial<Person> = {}): Person => ({ ...rita, ...more });

export const link = (seq: number, event: Partial<Link['event']> = {}): Link => ({
  seq,
  previous: '0'.repeat(64),
  hash: 'a'.repeat(64),
  event: {
    id: `${findingKey}/finding.received/${seq}`,
    type: 'finding.received',
    case: caseId,
    at,
    actor: { kind: 'drawbridge' },
    facts: {},
    ...event,
  },
});
