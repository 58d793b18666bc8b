import type { World } from '../world';
import { ocsf } from './ocsf';
import { keyOf, type StoredFinding } from './state';

/** Every import and every update of a finding is one event, also our own updates and also without a new UpdatedAt. */
export function announce(world: World, region: string, stored: StoredFinding): void {
  world.events.push({
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    region,
    resources: [keyOf(stored.finding)],
    detail: { findings: [stored.finding] },
  });
  const administrator = { account: world.defaultAccount, region };
  if (!world.securityHub.enrolments.of(administrator).v2) return;
  const finding = ocsf(stored);
  world.events.push({
    'detail-type': 'Findings Imported V2',
    source: 'aws.securityhub',
    region,
    resources: [finding.metadata.uid],
    detail: { findings: [finding] },
  });
}
