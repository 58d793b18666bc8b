import {
  CreateClassificationJobCommand,
  DescribeClassificationJobCommand,
  ListClassificationJobsCommand,
  UpdateClassificationJobCommand,
  type Macie2Client,
  type ManagedDataIdentifierSelector,
  type SimpleScopeTerm,
} from '@aws-sdk/client-macie2';
import { createHash } from 'node:crypto';
import type { JobLook } from '../../app/gate/ports';
import { stagedPrefix } from '../../domain/gate/object';
import type { GateRunId } from '../../domain/ids';
import type { Gate } from '../../domain/policy/gate';
import { failureOf } from './refusals';

export interface Scan {
  stageBucket: string;
  /** Whose bucket it is (D22). */
  account: string;
  identifiers: Gate['identifiers'];
}

const selectors = {
  recommended: 'RECOMMENDED',
  all: 'ALL',
  none: 'NONE',
  only: 'INCLUDE',
  'all but': 'EXCLUDE',
} as const satisfies Record<Gate['identifiers']['managed']['use'], ManagedDataIdentifierSelector>;

/** Said always: what Macie looks for by default changes (D6). */
const managedOf = (managed: Gate['identifiers']['managed']) => ({
  managedDataIdentifierSelector: selectors[managed.use],
  ...('ids' in managed && { managedDataIdentifierIds: managed.ids }),
});

const nameOf = (run: GateRunId): string => `drawbridge-${run}`;

/** Macie forgets tokens some day; the name stays. */
const jobNamed = async (macie: Macie2Client, name: string): Promise<string | undefined> => {
  const { items = [] } = await macie.send(
    new ListClassificationJobsCommand({
      filterCriteria: { includes: [{ comparator: 'EQ', key: 'name', values: [name] }] },
    }),
  );
  return items.find((each) => each.name === name)?.jobId;
};

export const createJob = async (
  macie: Macie2Client,
  { stageBucket, account, identifiers }: Scan,
  run: GateRunId,
): Promise<string> => {
  const name = nameOf(run);
  const earlier = await jobNamed(macie, name);
  if (earlier) return earlier;
  const term: SimpleScopeTerm = {
    comparator: 'STARTS_WITH',
    key: 'OBJECT_KEY',
    values: [stagedPrefix(run)],
  };
  const { jobId } = await macie.send(
    new CreateClassificationJobCommand({
      clientToken: createHash('sha256').update(run).digest('hex'),
      name,
      description: `Data gate: objects staged by ${run}`,
      jobType: 'ONE_TIME',
      samplingPercentage: 100,
      s3JobDefinition: {
        bucketDefinitions: [{ accountId: account, buckets: [stageBucket] }],
        scoping: { includes: { and: [{ simpleScopeTerm: term }] } },
      },
      ...managedOf(identifiers.managed),
      ...(identifiers.custom.length > 0 && { customDataIdentifierIds: identifiers.custom }),
      ...(identifiers.allowLists.length > 0 && { allowListIds: identifiers.allowLists }),
    }),
  );
  if (!jobId) throw new Error('Macie made a job without an id');
  return jobId;
};

export const lookAt = async (macie: Macie2Client, jobId: string): Promise<JobLook> => {
  const job = await macie.send(new DescribeClassificationJobCommand({ jobId }));
  const said = job.jobStatus ?? 'UNKNOWN';
  const objects = job.statistics?.approximateNumberOfObjectsToProcess;
  const left = objects !== undefined && { left: objects };
  switch (said) {
    case 'COMPLETE': {
      const code = job.lastRunErrorStatus?.code ?? 'unknown';
      if (code === 'NONE') return { kind: 'complete' };
      const failed = code === 'ERROR' ? 'Macie could not read the account or the bucket' : code;
      return { kind: 'complete', failed };
    }
    case 'CANCELLED':
      return { kind: 'cancelled' };
    case 'PAUSED':
    case 'USER_PAUSED':
      return { kind: 'paused', said, ...left };
    // IDLE is for jobs that repeat, and nobody knows of others: neither is an end.
    default:
      return { kind: 'running', said, ...left };
  }
};

/** A job that goes on costs (D20); one that is over cannot be changed, which is as wanted. */
export const cancel = async (macie: Macie2Client, jobId: string): Promise<void> => {
  try {
    await macie.send(new UpdateClassificationJobCommand({ jobId, jobStatus: 'CANCELLED' }));
  } catch (error) {
    if (failureOf(error).name !== 'ValidationException') throw error;
    const { kind } = await lookAt(macie, jobId);
    if (kind !== 'complete' && kind !== 'cancelled') throw error;
  }
};
