import type { CreateFindingAggregatorCommandOutput } from '@aws-sdk/client-securityhub';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Answer, Call } from '../http/call';
import { Fault } from '../http/fault';
import { parse } from '../http/parse';
import type { World } from '../world';
import { announce } from './announce';
import { findingsIn, keyOf, requireHub, type StoredFinding } from './state';

// Lists of Regions come with AWS's other two modes; here every Region is linked or none.
const Request = z.object({ RegionLinkingMode: z.literal('ALL_REGIONS') });

/** From now on, what is found in other Regions is also known in the caller's. */
export function createFindingAggregator(call: Call): Answer<CreateFindingAggregatorCommandOutput> {
  requireHub(call);
  const { RegionLinkingMode } = parse(Request, call.body, 'InvalidInputException');
  const { securityHub } = call.world;
  if (securityHub.aggregationRegion) {
    throw new Fault('AccessDeniedException', 'There is a finding aggregator already');
  }
  securityHub.aggregationRegion = call.region;
  return {
    FindingAggregatorArn: `arn:aws:securityhub:${call.region}:${call.account}:finding-aggregator/${randomUUID()}`,
    FindingAggregationRegion: call.region,
    RegionLinkingMode,
  };
}

/** Keeps a finding where it was found and where findings are brought together, and announces it on both buses. */
export function keep(world: World, region: string, stored: StoredFinding): void {
  const { Region = region } = stored.finding;
  for (const each of new Set([Region, region, world.securityHub.aggregationRegion ?? region])) {
    findingsIn(world, each).set(keyOf(stored.finding), stored);
    announce(world, each, stored);
  }
}
