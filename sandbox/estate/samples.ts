import { randomUUID } from 'node:crypto';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';

import { botAccount, region, workloads } from './accounts';
import { findingsOf } from './findings';
import { macieFindings } from './macie';
import type { Estate } from './index';

export interface EventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

/** An event that can be fed to the bot from the workspace's page. */
export interface Sample {
  readonly name: string;
  readonly event: EventEnvelope;
}

const envelope = (
  source: string,
  type: string,
  detail: object,
  now: Date,
  resources: readonly string[] = [],
): EventEnvelope => ({
  version: '0',
  id: randomUUID(),
  'detail-type': type,
  source,
  account: botAccount,
  time: now.toISOString(),
  region,
  resources,
  detail,
});

const imported = (finding: AwsSecurityFinding, now: Date): EventEnvelope =>
  envelope('aws.securityhub', 'Security Hub Findings - Imported', { findings: [finding] }, now, [
    `${finding.ProductArn}/${finding.Id}`,
  ]);

const detectorId = '12abc34d567e8fa901bc2d34e56789f0';

const guardDuty = ({ servers }: Estate, now: Date, id = randomUUID().replaceAll('-', '')) => ({
  schemaVersion: '2.0',
  accountId: workloads,
  region,
  partition: 'aws',
  id,
  arn: `arn:aws:guardduty:${region}:${workloads}:detector/${detectorId}/finding/${id}`,
  type: 'CryptoCurrency:EC2/BitcoinTool.B!DNS',
  title: `The EC2 instance ${servers.web} is querying a domain name that is associated with Bitcoin-related activity.`,
  description: `EC2 instance ${servers.web} is querying a domain name that is associated with Bitcoin-related activity.`,
  severity: 8,
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
  resource: {
    resourceType: 'Instance',
    instanceDetails: {
      instanceId: servers.web,
      instanceType: 't3.small',
      instanceState: 'running',
      tags: [{ key: 'Name', value: 'web-server' }],
      networkInterfaces: [{ networkInterfaceId: servers.interfaces.primary }],
    },
  },
  service: {
    serviceName: 'guardduty',
    detectorId,
    archived: false,
    count: 3,
    eventFirstSeen: now.toISOString(),
    eventLastSeen: now.toISOString(),
    action: { actionType: 'DNS_REQUEST', dnsRequestAction: { domain: 'pool.example.com' } },
  },
});

const nameOf = ({ ProductName, ProductArn, Title = '' }: AwsSecurityFinding): string =>
  `${ProductName ?? ProductArn?.split('/').at(-1) ?? ''}: ${Title}`;

/** One event per product, form and title; what the feed panel offers. */
export const samplesOf = (estate: Estate, now = new Date()): Sample[] => {
  const findings = new Map(findingsOf(estate, now).map((finding) => [nameOf(finding), finding]));
  return [
    ...[...findings].map(([name, finding]) => ({ name, event: imported(finding, now) })),
    ...Object.values(macieFindings(estate, now)).map((finding) => ({
      name: `Macie: ${finding.title}`,
      event: envelope('aws.macie', 'Macie Finding', finding, now),
    })),
    {
      name: 'GuardDuty: Bitcoin mining on the web server',
      event: envelope('aws.guardduty', 'GuardDuty Finding', guardDuty(estate, now), now),
    },
  ];
};
