import { Finding } from '../../src/domain/finding';
import { CaseId, FindingKey, RemediationId, SlackUserId } from '../../src/domain/ids';
import { planHash, type Plan } from '../../src/domain/plan';
import type { Asked } from '../../src/domain/playbook';
import { Policy } from '../../src/domain/policy';
import { Remediation, type Proposal } from '../../src/domain/remediation';
import { Target } from '../../src/domain/target';
import type { z } from 'zod/mini';

export const account = '111122223333';
export const region = 'eu-west-1';
export const groupId = 'sg-0a1b2c3d';
export const hour = 3_600_000;
export const day = 24 * hour;

/** What config/drawbridge.yml says, as people write it. */
export const policyText = {
  version: 1,
  environment: 'test',
  team: 'T0TEST',
  hub: { account, region: 'us-east-1' },
  accounts: [{ id: account, name: 'security' }],
  roles: { responder: { groups: ['S0RESPONDERS'] }, approver: { groups: ['S0APPROVERS'] } },
  approval: {
    default: { approvals: 1, from: 'approver', separate: true, expiresAfter: '4h' },
  },
  undo: { by: 'approver', within: '3d' },
  routing: [
    { when: { severity: ['critical', 'high', 'medium'] }, to: 'C0ALERTS' },
    { when: {}, to: 'C0LOW' },
  ],
} satisfies z.input<typeof Policy>;

export const aPolicy = (more: Partial<z.input<typeof Policy>> = {}): Policy =>
  Policy.parse({ ...policyText, ...more });

export const aTarget: Target = Target.parse({
  kind: 'AwsEc2SecurityGroup',
  id: groupId,
  account,
  region,
});

export const anAsked = (more: Partial<Asked> = {}): Asked => ({
  target: aTarget,
  now: '2026-03-01T12:00:00.000Z',
  ...more,
});

export const findingKey = FindingKey.parse('0123456789abcdef0123456789abcdef');

/** An open Security Hub control finding on one security group. */
export const aFinding = (more: Partial<z.input<typeof Finding>> = {}): Finding =>
  Finding.parse({
    key: findingKey,
    source: 'security-hub',
    product: 'Security Hub',
    id: `arn:aws:securityhub:${region}:${account}:security-control/EC2.13/finding/1`,
    productArn: `arn:aws:securityhub:${region}::product/aws/securityhub`,
    type: 'Software and Configuration Checks',
    control: 'EC2.13',
    title: 'Security groups should not allow ingress from 0.0.0.0/0 to port 22',
    description: 'Port 22 is open to everybody.',
    severity: 'high',
    account,
    region,
    resources: [
      { kind: aTarget.kind, id: `arn:aws:ec2:${region}:${account}:security-group/${groupId}` },
    ],
    record: 'active',
    workflow: 'new',
    compliance: 'failed',
    firstSeenAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-02T00:00:00.000Z',
    sample: false,
    ...more,
  });

export const aPlan = (more: Partial<Plan> = {}): Plan => ({
  playbook: 'close-ec2-admin-ports',
  target: aTarget,
  steps: [{ operation: 'test.set', input: { name: 'a', to: 'shut' }, phase: 'change' }],
  effects: [{ what: 'Door', before: 'open', after: 'shut' }],
  keeps: [],
  warnings: [],
  blastRadius: [],
  reversible: 'exactly',
  ...more,
});

export const aProposal = (more: Partial<Proposal> = {}): Proposal => {
  const plan = more.plan ?? aPlan();
  return {
    plan,
    hash: planHash(plan),
    revision: 1,
    rule: { approvals: 1, from: 'approver', separate: true, expiresAfter: 4 * hour },
    until: '2026-03-01T16:00:00.000Z',
    decisions: [],
    ...more,
  };
};

export const remediationId = RemediationId.parse('rem-00000000000000000001');

export const aRemediation = (more: Partial<Remediation> = {}): Remediation => ({
  id: remediationId,
  case: CaseId.parse(findingKey),
  finding: findingKey,
  control: 'EC2.13',
  playbook: 'close-ec2-admin-ports',
  title: 'Close SSH and RDP to the internet',
  target: aTarget,
  requester: { id: SlackUserId.parse('U0RITA'), name: 'Rita' },
  reason: 'open to everybody',
  requestedAt: '2026-03-01T12:00:00.000Z',
  channel: Remediation.shape.channel.parse('C0ALERTS'),
  status: { state: 'preparing' },
  version: 1,
  ...more,
});

/** A clock that stands until it is moved. */
export const aClock = (start = '2026-03-01T12:00:00.000Z') => {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    pass: (ms: number) => {
      time += ms;
    },
  };
};
