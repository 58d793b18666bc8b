import type {
  AwsSecurityFinding,
  BatchImportFindingsCommandOutput,
  ImportFindingsError,
} from '@aws-sdk/client-securityhub';
import { z } from 'zod';
import type { Answer, Call } from '../http/call';
import { parse } from '../http/parse';
import { keep } from './aggregate';
import { Asff, largestFinding } from './asff';
import { merged } from './merge';
import { findingsIn, keyOf, requireHub } from './state';

const Request = z.object({ Findings: z.array(z.unknown()).min(1).max(100) });

function problemOf(call: Call, candidate: unknown): ImportFindingsError | undefined {
  const id = (candidate as { Id?: unknown } | null)?.Id;
  const error = (ErrorCode: string, ErrorMessage: string): ImportFindingsError => ({
    Id: typeof id === 'string' ? id : '',
    ErrorCode,
    ErrorMessage,
  });
  const checked = Asff.safeParse(candidate);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    return error('InvalidInput', `Finding.${issue?.path.join('.')}: ${issue?.message}`);
  }
  if (Buffer.byteLength(JSON.stringify(candidate)) > largestFinding) {
    return error('InvalidInput', 'Finding size exceeds 240 KB');
  }
  const { ProductArn, AwsAccountId } = checked.data;
  const [, , , region, owner] = ProductArn.split(':');
  if (region !== call.region) return error('InvalidInput', `ProductArn is not of ${call.region}`);
  // An integration (no account in its ARN, or none of ours) delivers for anybody; an own product only for itself.
  const isOwnProduct = owner !== '' && ProductArn.endsWith(`product/${owner}/default`);
  if (isOwnProduct && (owner !== call.account || AwsAccountId !== call.account)) {
    return error('InvalidInput', 'AwsAccountId and ProductArn must be of the importing account');
  }
  return undefined;
}

/** Each finding stands for itself: bad ones are listed in FailedFindings and the call is still a 200. */
export function batchImportFindings(call: Call): Answer<BatchImportFindingsCommandOutput> {
  requireHub(call);
  const request = parse(Request, call.body, 'InvalidInputException');
  const store = findingsIn(call.world, call.region);
  const failed: ImportFindingsError[] = [];
  for (const candidate of request.Findings) {
    const problem = problemOf(call, candidate);
    if (problem) {
      failed.push(problem);
      continue;
    }
    const incoming = { ...(candidate as AwsSecurityFinding), Region: call.region };
    const stored = merged(store.get(keyOf(incoming)), incoming, call.world.now().toISOString());
    keep(call.world, call.region, stored);
  }
  const FailedCount = failed.length;
  const SuccessCount = request.Findings.length - FailedCount;
  return { FailedCount, SuccessCount, ...(FailedCount > 0 ? { FailedFindings: failed } : {}) };
}
