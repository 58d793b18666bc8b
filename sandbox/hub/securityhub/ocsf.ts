import { createHash } from 'node:crypto';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { keyOf, type StoredFinding } from './state';

const severityIds = { INFORMATIONAL: 1, LOW: 2, MEDIUM: 3, HIGH: 4, CRITICAL: 5 } as const;
const severityNames = ['Unknown', 'Informational', 'Low', 'Medium', 'High', 'Critical', 'Fatal'];
const statusIds = { NEW: 1, NOTIFIED: 2, SUPPRESSED: 3, RESOLVED: 4 } as const;
const statusNames = ['Unknown', 'New', 'In Progress', 'Suppressed', 'Resolved', 'Archived'];
const complianceIds = { PASSED: 1, WARNING: 2, FAILED: 3, NOT_AVAILABLE: 0 } as const;
const complianceNames = ['Unknown', 'Pass', 'Warning', 'Fail'];

interface Class {
  class_name: string;
  class_uid: number;
}

// The class decides which OCSF objects a consumer may expect.
function classOf(finding: AwsSecurityFinding): Class {
  if (finding.Compliance) return { class_name: 'Compliance Finding', class_uid: 2003 };
  if (finding.Vulnerabilities) return { class_name: 'Vulnerability Finding', class_uid: 2002 };
  return { class_name: 'Detection Finding', class_uid: 2004 };
}

function product(finding: AwsSecurityFinding): { name: string; uid: string; vendor_name: string } {
  return {
    name: finding.ProductName ?? '',
    uid: (finding.ProductArn ?? '').replace(':product/', ':productv2/'),
    vendor_name: finding.CompanyName ?? '',
  };
}

function compliance(finding: AwsSecurityFinding): object {
  const { Compliance } = finding;
  if (!Compliance) return {};
  const id = complianceIds[Compliance.Status ?? 'NOT_AVAILABLE'];
  return {
    compliance: {
      control: Compliance.SecurityControlId ?? finding.ProductFields?.['ControlId'],
      requirements: Compliance.RelatedRequirements ?? [],
      standards: (Compliance.AssociatedStandards ?? []).map(({ StandardsId }) => StandardsId),
      status: complianceNames[id],
      status_id: id,
    },
  };
}

/** OCSF keeps each time twice: milliseconds since 1970, and ISO text. */
function time(name: string, iso: string | undefined): Record<string, string | number> {
  if (!iso) return {};
  return { [`${name}_time`]: Date.parse(iso), [`${name}_time_dt`]: iso };
}

/** Stable for a finding over its life, and no ARN. */
export function metadataUid(finding: AwsSecurityFinding): string {
  return createHash('sha256').update(keyOf(finding)).digest('hex');
}

/** The OCSF form of an ASFF finding: what Security Hub V2 shows of the same observation. */
export function ocsf({ finding, comment }: StoredFinding) {
  const kind = classOf(finding);
  const archived = finding.RecordState === 'ARCHIVED';
  const activity = archived ? 3 : finding.CreatedAt === finding.UpdatedAt ? 1 : 2;
  const activityName = ['', 'Create', 'Update', 'Close'][activity] ?? '';
  const severity = severityIds[finding.Severity?.Label ?? 'INFORMATIONAL'];
  const status = archived ? 5 : statusIds[finding.Workflow?.Status ?? 'NEW'];
  return {
    activity_id: activity,
    activity_name: activityName,
    category_name: 'Findings',
    category_uid: 2,
    ...kind,
    type_name: `${kind.class_name}: ${activityName}`,
    type_uid: kind.class_uid * 100 + activity,
    time: Date.parse(finding.UpdatedAt ?? ''),
    time_dt: finding.UpdatedAt,
    cloud: { account: { uid: finding.AwsAccountId }, provider: 'AWS', region: finding.Region },
    metadata: {
      uid: metadataUid(finding),
      product: product(finding),
      profiles: ['cloud', 'datetime'],
      version: '1.6.0',
    },
    finding_info: {
      uid: finding.Id,
      title: finding.Title,
      desc: finding.Description,
      types: finding.Types ?? [],
      ...time('created', finding.CreatedAt),
      ...time('modified', finding.UpdatedAt),
      ...time('first_seen', finding.FirstObservedAt),
      ...time('last_seen', finding.LastObservedAt),
    },
    resources: (finding.Resources ?? []).map((resource) => ({
      uid: resource.Id,
      type: resource.Type,
      region: resource.Region ?? finding.Region,
      cloud_partition: resource.Partition ?? 'aws',
      owner: { account: { uid: finding.AwsAccountId } },
      tags: Object.entries(resource.Tags ?? {}).map(([name, value]) => ({ name, value })),
    })),
    ...compliance(finding),
    remediation: {
      desc: finding.Remediation?.Recommendation?.Text ?? '',
      references: [finding.Remediation?.Recommendation?.Url].filter((url) => url !== undefined),
    },
    severity: severityNames[severity],
    severity_id: severity,
    status: statusNames[status],
    status_id: status,
    vendor_attributes: { severity: severityNames[severity], severity_id: severity },
    ...(comment === undefined ? {} : { comment }),
  };
}
