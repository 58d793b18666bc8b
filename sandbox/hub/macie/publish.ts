import type { World } from '../world';
import { meets } from './criteria';
import type { MacieAccount, MacieFinding } from './state';

/** Stores a finding and sends it to the bus, unless a suppression rule archives it: then nobody is told. */
export function publish(world: World, macie: MacieAccount, finding: MacieFinding): void {
  const suppressed = [...macie.filters.values()].some(
    ({ action, criterion }) => action === 'ARCHIVE' && meets(finding, criterion),
  );
  const stored = { ...finding, archived: suppressed };
  macie.findings.set(finding.id ?? '', stored);
  if (suppressed) return;
  world.events.push({
    'detail-type': 'Macie Finding',
    source: 'aws.macie',
    region: macie.region,
    resources: [],
    // In events the half that does not apply is null, where the API leaves it out.
    detail: {
      ...stored,
      classificationDetails: stored.classificationDetails ?? null,
      policyDetails: stored.policyDetails ?? null,
    },
  });
}
