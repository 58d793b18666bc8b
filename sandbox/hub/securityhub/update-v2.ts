import type {
  AwsSecurityFinding,
  BatchUpdateFindingsV2CommandOutput,
  BatchUpdateFindingsV2ProcessedFinding,
  BatchUpdateFindingsV2UnprocessedFinding,
  SeverityLabel,
  WorkflowStatus,
} from '@aws-sdk/client-securityhub';
import { z } from 'zod';
import type { Answer, Call } from '../http/call';
import { Fault } from '../http/fault';
import { parse } from '../http/parse';
import { keep } from './aggregate';
import { metadataUid, ocsf } from './ocsf';
import { completed } from './severity';
import { findingsIn, mayTouch, type StoredFinding } from './state';

const invalid = 'ValidationException';
const Identifier = z.object({
  CloudAccountUid: z.string().min(1),
  FindingInfoUid: z.string().min(1),
  MetadataProductUid: z.string().min(1),
});
const Request = z.object({
  MetadataUids: z.array(z.string().min(1)).min(1).max(100).optional(),
  FindingIdentifiers: z.array(Identifier).min(1).max(100).optional(),
  Comment: z.string().min(1).max(512).optional(),
  SeverityId: z.number().int().min(0).max(99).optional(),
  StatusId: z.number().int().min(0).max(99).optional(),
});
type Changes = Pick<z.infer<typeof Request>, 'Comment' | 'SeverityId' | 'StatusId'>;

// OCSF knows Fatal above Critical; ASFF does not.
const labels: Record<number, SeverityLabel> = {
  1: 'INFORMATIONAL',
  2: 'LOW',
  3: 'MEDIUM',
  4: 'HIGH',
  5: 'CRITICAL',
  6: 'CRITICAL',
};
const workflows: Record<number, WorkflowStatus> = {
  1: 'NEW',
  2: 'NOTIFIED',
  3: 'SUPPRESSED',
  4: 'RESOLVED',
};

export function requireV2(call: Call): void {
  if (!call.world.securityHub.enrolments.of(call).v2) {
    throw new Fault('AccessDeniedException', `Account ${call.account} has no Security Hub V2`);
  }
}

function changed(stored: StoredFinding, { Comment, SeverityId, StatusId }: Changes): StoredFinding {
  const finding: AwsSecurityFinding = { ...stored.finding };
  const customerSet = new Set(stored.customerSet);
  const Label = labels[SeverityId ?? 0];
  const Status = workflows[StatusId ?? 0];
  if (Label) {
    finding.Severity = completed({ Label });
    customerSet.add('Severity');
  }
  if (Status) finding.Workflow = { Status };
  const comment = Comment ?? stored.comment;
  return { ...stored, finding, customerSet, ...(comment === undefined ? {} : { comment }) };
}

/** Two forms of naming a finding, never both in one call; each is answered in the form it was named by. */
export function batchUpdateFindingsV2(call: Call): Answer<BatchUpdateFindingsV2CommandOutput> {
  requireV2(call);
  const request = parse(Request, call.body, invalid);
  const { MetadataUids, FindingIdentifiers, ...changes } = request;
  if ((MetadataUids === undefined) === (FindingIdentifiers === undefined)) {
    throw new Fault(invalid, 'Give either MetadataUids or FindingIdentifiers');
  }
  const store = findingsIn(call.world, call.region);
  const targets: {
    names: BatchUpdateFindingsV2ProcessedFinding;
    is: (stored: StoredFinding) => boolean;
  }[] = [
    ...(MetadataUids ?? []).map((MetadataUid) => ({
      names: { MetadataUid },
      is: ({ finding }: StoredFinding) => metadataUid(finding) === MetadataUid,
    })),
    ...(FindingIdentifiers ?? []).map((FindingIdentifier) => ({
      names: { FindingIdentifier },
      is: (stored: StoredFinding) =>
        stored.finding.Id === FindingIdentifier.FindingInfoUid &&
        stored.finding.AwsAccountId === FindingIdentifier.CloudAccountUid &&
        ocsf(stored).metadata.product.uid === FindingIdentifier.MetadataProductUid,
    })),
  ];
  const ProcessedFindings: BatchUpdateFindingsV2ProcessedFinding[] = [];
  const UnprocessedFindings: BatchUpdateFindingsV2UnprocessedFinding[] = [];
  for (const { names, is } of targets) {
    const stored = [...store.values()].find((each) => is(each) && mayTouch(call, each));
    if (!stored) {
      const ErrorMessage = 'The finding does not exist';
      UnprocessedFindings.push({ ...names, ErrorCode: 'ResourceNotFoundException', ErrorMessage });
      continue;
    }
    const next = changed(stored, changes);
    keep(call.world, call.region, next);
    ProcessedFindings.push(names);
  }
  return { ProcessedFindings, UnprocessedFindings };
}
