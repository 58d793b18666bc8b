import {
  BatchImportFindingsCommand,
  CreateFindingAggregatorCommand,
  EnableSecurityHubCommand,
  SecurityHubClient,
  type AwsSecurityFinding,
} from '@aws-sdk/client-securityhub';

import { EnableMacieCommand, Macie2Client } from '@aws-sdk/client-macie2';

import type { ServiceEvent } from '../edge';
import { asAccount } from '../stack';
import { botAccount, region, secondRegion, workloads } from './accounts';
import { findingsOf } from './findings';
import type { EventEnvelope } from './samples';
import { samplesOf } from './samples';
import type { Estate } from './index';

export interface Announcer {
  readonly endpoint: string;
  readonly emit: (event: ServiceEvent) => Promise<void>;
  /** Resolves when the bot has shown the first finding, or has had time enough to. */
  readonly firstShown?: () => Promise<void>;
}

const hubIn = (endpoint: string, where: string): SecurityHubClient =>
  new SecurityHubClient({ ...asAccount(endpoint, botAccount), region: where });

/** Each finding is known first in the Region in which its product found it. */
const importFindings = async (endpoint: string, findings: readonly AwsSecurityFinding[]) => {
  for (const where of [region, secondRegion]) {
    const Findings = findings.filter((it) => it.ProductArn?.split(':')[3] === where);
    if (Findings.length === 0) continue;
    const hub = hubIn(endpoint, where);
    const { FailedFindings } = await hub.send(new BatchImportFindingsCommand({ Findings }));
    const failed = FailedFindings?.[0];
    if (failed) throw new Error(`Security Hub refused ${failed.Id}: ${failed.ErrorMessage}`);
  }
};

/** Security Hub in both Regions, the first of which knows what is found in the other. */
const openHubs = async (endpoint: string): Promise<void> => {
  const enable = new EnableSecurityHubCommand({ EnableDefaultStandards: false });
  await Promise.all([region, secondRegion].map((it) => hubIn(endpoint, it).send(enable)));
  await hubIn(endpoint, region).send(
    new CreateFindingAggregatorCommand({ RegionLinkingMode: 'ALL_REGIONS' }),
  );
};

/** Opens Security Hub and Macie, and reports all that is wrong with the estate. */
export const announceFindings = async (announcer: Announcer, estate: Estate): Promise<void> => {
  const now = new Date();
  const { endpoint } = announcer;
  await Promise.all([
    openHubs(endpoint),
    ...[botAccount, workloads].map((account) =>
      new Macie2Client(asAccount(endpoint, account)).send(new EnableMacieCommand({})),
    ),
  ]);
  const [first, ...others] = findingsOf(estate, now);
  if (first) await importFindings(endpoint, [first]);
  // Queues keep no order between findings, and the start page speaks of the first card.
  await announcer.firstShown?.();
  await importFindings(endpoint, others);
  for (const { event } of samplesOf(estate, now)) {
    if (event.source === 'aws.macie') await announcer.emit(event);
  }
};

/** Feeds one event: what Security Hub would send goes through the hub, which then knows the finding. */
export const feedEvent = async (announcer: Announcer, event: EventEnvelope): Promise<void> => {
  const { findings } = event.detail as { findings?: AwsSecurityFinding[] };
  if (event.source !== 'aws.securityhub' || !findings) {
    await announcer.emit(event);
    return;
  }
  const again = findings.map((it) => ({ ...it, UpdatedAt: new Date().toISOString() }));
  await importFindings(announcer.endpoint, again);
};
