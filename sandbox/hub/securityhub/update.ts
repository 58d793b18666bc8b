import type {
  AwsSecurityFinding,
  AwsSecurityFindingIdentifier,
  BatchUpdateFindingsCommandOutput,
  BatchUpdateFindingsUnprocessedFinding,
} from '@aws-sdk/client-securityhub';
import { z } from 'zod';
import type { Answer, Call } from '../http/call';
import { Fault } from '../http/fault';
import { parse } from '../http/parse';
import { keep } from './aggregate';
import { largestFinding } from './asff';
import { completed } from './severity';
import { findingsIn, keyOf, mayTouch, requireHub, type StoredFinding } from './state';

const Identifier = z.object({ Id: z.string().min(1), ProductArn: z.string().min(1) });
const percentage = z.number().int().min(0).max(100).optional();

const Changes = z.object({
  Note: z.object({ Text: z.string().min(1).max(512), UpdatedBy: z.string().min(1) }).optional(),
  Severity: z
    .object({
      Label: z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']).optional(),
      Normalized: percentage,
      Product: z.number().optional(),
    })
    .optional(),
  VerificationState: z
    .enum(['UNKNOWN', 'TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE'])
    .optional(),
  Confidence: percentage,
  Criticality: percentage,
  Types: z.array(z.string()).max(50).optional(),
  UserDefinedFields: z
    .record(z.string().max(128), z.string().max(1024))
    .refine((fields) => Object.keys(fields).length <= 50)
    .optional(),
  Workflow: z
    .object({ Status: z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']).optional() })
    .optional(),
  RelatedFindings: z.array(Identifier).max(10).optional(),
});
const Request = Changes.extend({ FindingIdentifiers: z.array(Identifier).min(1).max(100) });

/** UpdatedAt stays: it is the provider's clock, and customers' updates do not move it. */
function changed(
  stored: StoredFinding,
  changes: z.infer<typeof Changes>,
  now: string,
): StoredFinding {
  const { Note, Severity, ...plain } = changes;
  const given = Object.entries(plain).filter(([, value]) => value !== undefined);
  const finding: AwsSecurityFinding = { ...stored.finding, ...Object.fromEntries(given) };
  if (Note) finding.Note = { ...Note, UpdatedAt: now };
  if (Severity) {
    const { Original } = stored.finding.Severity ?? {};
    finding.Severity = completed({ ...Severity, ...(Original ? { Original } : {}) });
  }
  const names = Object.entries(changes).filter(([, value]) => value !== undefined);
  const customerSet = new Set([...stored.customerSet, ...names.map(([name]) => name)]);
  return { ...stored, finding, customerSet };
}

/** One set of changes for up to 100 findings; what cannot be changed is reported beside what was. */
export function batchUpdateFindings(call: Call): Answer<BatchUpdateFindingsCommandOutput> {
  requireHub(call);
  const { FindingIdentifiers, ...changes } = parse(Request, call.body, 'InvalidInputException');
  if (Object.values(changes).every((value) => value === undefined)) {
    throw new Fault('InvalidInputException', 'At least one field to update is required');
  }
  const store = findingsIn(call.world, call.region);
  const ProcessedFindings: AwsSecurityFindingIdentifier[] = [];
  const UnprocessedFindings: BatchUpdateFindingsUnprocessedFinding[] = [];
  const seen = new Set<string>();
  for (const FindingIdentifier of FindingIdentifiers) {
    const refuse = (ErrorCode: string, ErrorMessage: string): void => {
      UnprocessedFindings.push({ FindingIdentifier, ErrorCode, ErrorMessage });
    };
    const key = keyOf(FindingIdentifier);
    const stored = store.get(key);
    if (!/^arn:[^:]+:securityhub:/.test(FindingIdentifier.ProductArn)) {
      refuse('InvalidInput', 'ProductArn is not a Security Hub product');
    } else if (seen.has(key)) {
      refuse('DuplicatedFindingIdentifier', 'The identifier is in the request more than once');
    } else if (!stored || !mayTouch(call, stored)) {
      refuse('FindingNotFound', 'The finding does not exist in this account and Region');
    } else {
      const next = changed(stored, changes, call.world.now().toISOString());
      if (Buffer.byteLength(JSON.stringify(next.finding)) > largestFinding) {
        refuse('FindingSizeExceeded', 'The finding would exceed 240 KB');
      } else {
        keep(call.world, call.region, next);
        ProcessedFindings.push(FindingIdentifier);
      }
    }
    seen.add(key);
  }
  return { ProcessedFindings, UnprocessedFindings };
}
