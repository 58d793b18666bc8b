import type { Envelope } from './envelope';
import { GuardDutyResource, Sequence, resourcesOfGuardDuty } from './guardduty-resources';
import { productArnOf } from './key';
import { arnOf, regionOf } from './resources';
import { settle, type Outcome } from './settle';
import { fromGuardDuty } from './severity';
import { anything, flag, loose, number, text } from './text';

/** The fields of a GuardDuty finding that Drawbridge needs, with the first letter of each name in lower case. */
const GuardDuty = loose({
  accountId: text,
  region: text,
  partition: text,
  arn: text,
  type: text,
  title: text,
  description: text,
  severity: number,
  createdAt: anything,
  updatedAt: anything,
  resource: GuardDutyResource,
  service: loose({
    archived: flag,
    eventFirstSeen: anything,
    eventLastSeen: anything,
    additionalInfo: loose({ sample: flag, value: text }),
    detection: loose({ sequence: loose({ resources: Sequence }) }),
  }),
});

/** Reads one GuardDuty finding, in the casing of events or in that of the API. */
export function guardDuty(raw: unknown, envelope: Envelope): Outcome {
  const finding = GuardDuty.parse(lowerFirst(raw));
  const { resource, service } = finding;
  const arn = arnOf(finding.arn);
  const region = regionOf(finding.region, arn.region);
  const info = service.additionalInfo;
  return settle(
    {
      source: 'guardduty',
      product: 'GuardDuty',
      productArn: productArnOf('guardduty', {
        partition: finding.partition ?? arn.partition,
        region,
      }),
      // The ARN, not the bare id: it is what the copies in Security Hub are called.
      id: finding.arn,
      type: finding.type,
      title: finding.title,
      description: finding.description,
      severity: fromGuardDuty(finding.severity),
      account: finding.accountId,
      region,
      resources: resourcesOfGuardDuty(
        resource,
        service.detection.sequence.resources,
        finding.accountId ?? arn.account,
        region,
      ),
      record: service.archived ? 'archived' : 'active',
      workflow: 'new',
      firstSeen: [service.eventFirstSeen, finding.createdAt],
      updated: [finding.updatedAt, service.eventLastSeen, finding.createdAt],
      // In the API's casing the flag is inside a JSON text.
      sample: info.sample || /"sample"\s*:\s*true/.test(info.value ?? ''),
    },
    raw,
    envelope,
  );
}

/** `AccountId` → `accountId`, for a few levels: as deep as the fields above are. */
function lowerFirst(value: unknown, depth = 8): unknown {
  if (depth === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => lowerFirst(item, depth - 1));
  const entries = Object.entries(value).map(([name, item]) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    lowerFirst(item, depth - 1),
  ]);
  return Object.fromEntries(entries) as unknown;
}
