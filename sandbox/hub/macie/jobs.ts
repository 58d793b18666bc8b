import { randomUUID } from 'node:crypto';
import type {
  CreateClassificationJobCommandOutput,
  DescribeClassificationJobCommandOutput,
} from '@aws-sdk/client-macie2';
import { z } from 'zod';
import type { Answer, Call, Done } from '../http/call';
import { Fault } from '../http/fault';
import { parse } from '../http/parse';
import { move, pauseEnds, statusOf, type Job } from './job';
import { JobRequest } from './job-request';
import { run } from './run';
import { found, requireMacie } from './state';

const invalid = 'ValidationException';

export function createClassificationJob(call: Call): Answer<CreateClassificationJobCommandOutput> {
  const macie = requireMacie(call);
  const request = parse(JobRequest, call.body, invalid);
  // The same token is the same job: a retried trigger must not scan twice.
  const earlier = [...macie.jobs.values()].find(
    (job) => job.request.clientToken === request.clientToken,
  );
  if (earlier) return { jobId: earlier.id, jobArn: earlier.arn };
  for (const id of request.customDataIdentifierIds) {
    if (macie.identifiers.get(id)?.deleted !== false)
      throw new Fault(invalid, `No custom data identifier ${id}`);
  }
  for (const id of request.allowListIds) {
    if (!macie.allowLists.has(id)) throw new Fault(invalid, `No allow list ${id}`);
  }
  const id = randomUUID().replaceAll('-', '');
  const job: Job = {
    id,
    arn: `arn:aws:macie2:${macie.region}:${macie.account}:classification-job/${id}`,
    request,
    createdAt: call.world.now(),
    hold: undefined,
    pausedAt: undefined,
    scanned: request.jobType === 'SCHEDULED' && request.initialRun !== true,
    error: false,
    objectsToProcess: 0,
    done: Promise.resolve(),
    wake: [],
  };
  macie.jobs.set(id, job);
  if (!job.scanned) job.done = run(call.world, macie, job);
  return { jobId: id, jobArn: job.arn };
}

/** Only present while a person holds the job. */
export function userPausedDetails(job: Job) {
  if (job.hold !== 'USER_PAUSED') return undefined;
  return {
    jobPausedAt: job.pausedAt?.toISOString(),
    jobExpiresAt: pauseEnds(job)?.toISOString(),
  };
}

/** The definition is echoed back, with the defaults that were filled in. */
export function describeClassificationJob(
  call: Call,
): Answer<DescribeClassificationJobCommandOutput> {
  const job = found(requireMacie(call).jobs, call.params['jobId']);
  const { now, jobSeconds } = call.world;
  return {
    ...job.request,
    jobId: job.id,
    jobArn: job.arn,
    createdAt: job.createdAt.toISOString(),
    lastRunTime: job.createdAt.toISOString(),
    jobStatus: statusOf(job, now(), jobSeconds),
    lastRunErrorStatus: { code: job.error ? 'ERROR' : 'NONE' },
    statistics: {
      approximateNumberOfObjectsToProcess: job.objectsToProcess,
      numberOfRuns: 1,
    },
    userPausedDetails: userPausedDetails(job),
  };
}

const UpdateRequest = z.object({
  jobStatus: z.enum(['RUNNING', 'PAUSED', 'CANCELLED', 'COMPLETE', 'IDLE', 'USER_PAUSED']),
});

export function updateClassificationJob(call: Call): Done {
  const job = found(requireMacie(call).jobs, call.params['jobId']);
  const { jobStatus } = parse(UpdateRequest, call.body, invalid);
  const { now, jobSeconds } = call.world;
  move(job, statusOf(job, now(), jobSeconds), jobStatus, now());
  return {};
}
