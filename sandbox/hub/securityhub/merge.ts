import type { AwsSecurityFinding, WorkflowStatus } from '@aws-sdk/client-securityhub';
import { completed } from './severity';
import { keyOf, type StoredFinding } from './state';

/** Only customers write these; an import of a known finding keeps what is there. */
const customerOnly = ['Note', 'UserDefinedFields', 'VerificationState', 'Workflow'] as const;
/** Providers may write these until a customer has. */
const shared = ['Confidence', 'Criticality', 'RelatedFindings', 'Severity', 'Types'] as const;

/** Fills in what Security Hub itself adds when a finding arrives: product names, both severity scales, NEW and ACTIVE. */
function firstForm(incoming: AwsSecurityFinding, now: string): AwsSecurityFinding {
  const provided = incoming.FindingProviderFields;
  const severity = completed(provided?.Severity ?? incoming.Severity ?? {});
  const types = provided?.Types ?? incoming.Types;
  const [, , , , , product = ''] = incoming.ProductArn?.split(':') ?? [];
  const [, company = '', name = ''] = product.split('/');
  const own = /^\d{12}$/.test(company);
  const CompanyName = incoming.CompanyName ?? (own ? 'Personal' : company);
  const ProductName = incoming.ProductName ?? (own ? 'Default' : name);
  return {
    ...incoming,
    CompanyName,
    ProductName,
    Severity: severity,
    ...(types ? { Types: types } : {}),
    ProductFields: {
      ...incoming.ProductFields,
      'aws/securityhub/FindingId': keyOf(incoming),
      'aws/securityhub/ProductName': ProductName,
      'aws/securityhub/CompanyName': CompanyName,
    },
    FindingProviderFields: {
      Severity: { Label: severity.Label, Original: severity.Original },
      ...(types ? { Types: types } : {}),
      ...provided,
    },
    RecordState: incoming.RecordState ?? 'ACTIVE',
    WorkflowState: incoming.WorkflowState ?? 'NEW',
    Workflow: { Status: incoming.Workflow?.Status ?? 'NEW' },
    ProcessedAt: now,
  };
}

function workflowAfter(before: AwsSecurityFinding, after: AwsSecurityFinding): WorkflowStatus {
  const status = before.Workflow?.Status ?? 'NEW';
  const wasPassed = before.Compliance?.Status === 'PASSED';
  const isPassed = after.Compliance?.Status === 'PASSED';
  const reopened = before.RecordState === 'ARCHIVED' && after.RecordState === 'ACTIVE';
  const broken = wasPassed && after.Compliance?.Status !== undefined && !isPassed;
  // A person silenced it: neither a relapse nor a pass changes that.
  if (status === 'SUPPRESSED') return status;
  if (isPassed && isControl(after)) return 'RESOLVED';
  return reopened || broken ? 'NEW' : status;
}

/** Security Hub's own checks, the only findings whose workflow it moves to RESOLVED by itself. */
function isControl(finding: AwsSecurityFinding): boolean {
  return finding.ProductArn?.endsWith(':product/aws/securityhub') === true;
}

/** The finding as it stands after an import, new or again. */
export function merged(
  before: StoredFinding | undefined,
  incoming: AwsSecurityFinding,
  now: string,
): StoredFinding {
  const finding = firstForm(incoming, now);
  if (!before) {
    const passed = isControl(finding) && finding.Compliance?.Status === 'PASSED';
    if (passed) finding.Workflow = { Status: 'RESOLVED' };
    return { finding, customerSet: new Set() };
  }
  const keep = [...customerOnly, ...shared.filter((field) => before.customerSet.has(field))];
  const kept = keep.map((field) => [field, before.finding[field]] as const);
  const result: AwsSecurityFinding = { ...finding, ...Object.fromEntries(kept) };
  for (const field of keep) if (result[field] === undefined) delete result[field];
  result.Workflow = { Status: workflowAfter(before.finding, finding) };
  return { ...before, finding: result };
}
