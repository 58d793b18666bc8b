import { randomUUID } from 'node:crypto';
import { asff } from '../sandbox/estate/asff';

const kinds = 200;
const accounts = ['444455556666', '555566667777', '666677778888', '777788889999', '888899990000'];
const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'] as const;

export interface Storm {
  bodies: string[];
  /** Distinct findings among them. */
  findings: number;
  doubled: number;
  malformed: number;
}

/**
 * What a bad day looks like: three kinds make 60 %, the rest is spread over 200 kinds, five accounts and all severities;
 * 2 % of the deliveries come twice, and 1 % more cannot be read.
 */
export const stormOf = (findings: number, now: Date): Storm => {
  const events = Array.from({ length: findings }, (_, index) => eventOf(index, now));
  const doubled = events.filter((_, index) => index % 50 === 7);
  const malformed = Array.from({ length: Math.ceil(findings / 100) }, (_, index) =>
    JSON.stringify({
      'detail-type': 'Security Hub Findings - Imported',
      source: 'aws.securityhub',
      id: `bad-${index}`,
      detail: { findings: [{ Id: index }] },
    }),
  );
  const bodies = [...events, ...doubled, ...malformed];
  // In an order that is no order, the same in each run.
  bodies.sort((a, b) => hashOf(a) - hashOf(b));
  return { bodies, findings, doubled: doubled.length, malformed: malformed.length };
};

const eventOf = (index: number, now: Date): string => {
  const kind = index % 10 < 6 ? index % 3 : 3 + (index % kinds);
  const account = accounts[index % accounts.length]!;
  const finding = asff(
    {
      id: `arn:aws:securityhub:us-east-1:${account}:storm/${index}`,
      product: 'aws/securityhub',
      generator: `storm-${kind}`,
      title: `Storm ${kind}: something is open`,
      description: 'One of very many.',
      severity: severities[index % severities.length]!,
      types: [`Software and Configuration Checks/Storm/${kind}`],
      resource: {
        Type: 'AwsEc2Instance',
        Id: `arn:aws:ec2:us-east-1:${account}:instance/i-${String(index).padStart(17, '0')}`,
      },
    },
    now,
  );
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: '111122223333',
    time: now.toISOString(),
    region: 'us-east-1',
    resources: [],
    detail: { findings: [{ ...finding, AwsAccountId: account }] },
  });
};

const hashOf = (text: string): number => {
  let sum = 7;
  for (let at = 0; at < text.length; at += 29) sum = (sum * 31 + text.charCodeAt(at)) % 1_000_003;
  return sum;
};
