import {
  BatchImportFindingsCommand,
  CreateFindingAggregatorCommand,
  EnableSecurityHubCommand,
  SecurityHubClient,
  type AwsSecurityFinding,
} from '@aws-sdk/client-securityhub';

import { EnableMacieCommand, Macie2Client } from '@aws-sdk/client-macie2';
import { setTimeout as sleep } from 'node:timers/promises';

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

/** Milliseconds from finding to finding of a channel: Slack shows one a second, and what people do waits behind them. */
const pace = 1200;

const isHigh = ({ Severity }: AwsSecurityFinding): boolean =>
  Severity?.Label === 'CRITICAL' || Severity?.Label === 'HIGH';

/** What is found of many things is found at once: such a storm shares a card. */
const byControl = (findings: readonly AwsSecurityFinding[]): AwsSecurityFinding[][] => {
  const alike = new Map<string, AwsSecurityFinding[]>();
  for (const finding of findings) {
    const { GeneratorId = '' } = finding;
    alike.set(GeneratorId, [...(alike.get(GeneratorId) ?? []), finding]);
  }
  return [...alike.values()];
};

/**
 * Opens Security Hub and the workloads' Macie and reports what newcomers see first; then goes on with all the others, until it is
 * told to stop.
 */
export const announceFindings = async (
  { endpoint, emit, firstShown }: Announcer,
  estate: Estate,
): Promise<{ close(): Promise<void> }> => {
  const now = new Date();
  await Promise.all([
    openHubs(endpoint),
    new Macie2Client(asAccount(endpoint, workloads)).send(new EnableMacieCommand({})),
  ]);
  const [first, ...others] = findingsOf(estate, now);
  if (first) await importFindings(endpoint, [first]);
  // Queues keep no order between findings, and the start page speaks of the first card.
  await firstShown?.();
  const macie = samplesOf(estate, now).filter(({ event }) => event.source === 'aws.macie');
  const lane = (findings: readonly AwsSecurityFinding[]) =>
    byControl(findings).map((alike) => () => importFindings(endpoint, alike));
  const lanes = [
    [
      ...lane(others.filter(isHigh)),
      ...macie.map(
        ({ event }) =>
          () =>
            emit(event),
      ),
    ],
    lane(others.filter((it) => !isHigh(it))),
  ];
  const stopping = new AbortController();
  const run = async (reports: readonly (() => Promise<void>)[]): Promise<void> => {
    for (const report of reports) {
      if (stopping.signal.aborted) return;
      await report();
      await sleep(pace, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = Promise.all(lanes.map(run)).catch((error: unknown) => {
    console.error('Not all findings could be reported:', error);
  });
  return {
    close: async () => {
      stopping.abort();
      await running;
    },
  };
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
