import {
  BatchImportFindingsCommand,
  EnableSecurityHubCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';

import { EnableMacieCommand, Macie2Client } from '@aws-sdk/client-macie2';

import type { ServiceEvent } from '../edge';
import { asAccount } from '../stack';
import { botAccount, workloads } from './accounts';
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

const importFindings = async (hub: SecurityHubClient, findings: EventEnvelope['detail'][]) => {
  const Findings = findings as ReturnType<typeof findingsOf>;
  const { FailedFindings } = await hub.send(new BatchImportFindingsCommand({ Findings }));
  const failed = FailedFindings?.[0];
  if (failed) throw new Error(`Security Hub refused ${failed.Id}: ${failed.ErrorMessage}`);
};

/** Opens Security Hub and Macie, and reports all that is wrong with the estate. */
export const announceFindings = async (announcer: Announcer, estate: Estate): Promise<void> => {
  const now = new Date();
  const hub = new SecurityHubClient(asAccount(announcer.endpoint, botAccount));
  await hub.send(new EnableSecurityHubCommand({ EnableDefaultStandards: false }));
  await Promise.all(
    [botAccount, workloads].map((account) =>
      new Macie2Client(asAccount(announcer.endpoint, account)).send(new EnableMacieCommand({})),
    ),
  );
  const [first, ...others] = findingsOf(estate, now);
  if (first) await importFindings(hub, [first]);
  // Queues keep no order between findings, and the start page speaks of the first card.
  await announcer.firstShown?.();
  await importFindings(hub, others);
  for (const { event } of samplesOf(estate, now)) {
    if (event.source === 'aws.macie') await announcer.emit(event);
  }
};

/** Feeds one event: what Security Hub would send goes through the hub, which then knows the finding. */
export const feedEvent = async (announcer: Announcer, event: EventEnvelope): Promise<void> => {
  const { findings } = event.detail as { findings?: object[] };
  if (event.source !== 'aws.securityhub' || !findings) {
    await announcer.emit(event);
    return;
  }
  const again = findings.map((it) => ({ ...it, UpdatedAt: new Date().toISOString() }));
  await importFindings(new SecurityHubClient(asAccount(announcer.endpoint, botAccount)), again);
};
