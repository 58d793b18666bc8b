import type { JobStatus } from '@aws-sdk/client-macie2';
import { Fault } from '../http/fault';
import type { JobRequest } from './job-request';

const pauseLasts = 30 * 24 * 60 * 60 * 1000;

export interface Job {
  id: string;
  arn: string;
  request: JobRequest;
  createdAt: Date;
  hold: 'USER_PAUSED' | 'PAUSED' | 'CANCELLED' | undefined;
  pausedAt: Date | undefined;
  /** The background scan is through; the clock may still keep the job RUNNING. */
  scanned: boolean;
  error: boolean;
  objectsToProcess: number;
  done: Promise<void>;
  wake: (() => void)[];
}

/** The state as the API shows it: holds first, then the scan and the clock. */
export function statusOf(job: Job, now: Date, jobSeconds: number): JobStatus {
  if (job.hold === 'USER_PAUSED' && job.pausedAt) {
    return now.getTime() - job.pausedAt.getTime() > pauseLasts ? 'CANCELLED' : 'USER_PAUSED';
  }
  if (job.hold) return job.hold;
  const elapsed = now.getTime() - job.createdAt.getTime();
  if (!job.scanned || elapsed < jobSeconds * 1000) return 'RUNNING';
  return job.request.jobType === 'SCHEDULED' ? 'IDLE' : 'COMPLETE';
}

export function pauseEnds(job: Job): Date | undefined {
  return job.pausedAt && new Date(job.pausedAt.getTime() + pauseLasts);
}

const from: Partial<Record<JobStatus, JobStatus[]>> = {
  CANCELLED: ['IDLE', 'PAUSED', 'RUNNING', 'USER_PAUSED'],
  USER_PAUSED: ['IDLE', 'PAUSED', 'RUNNING'],
  RUNNING: ['USER_PAUSED'],
};

/** `UpdateClassificationJob`: what is not in the table, first of all anything from COMPLETE, is refused. */
export function move(job: Job, current: JobStatus, to: JobStatus, now: Date): void {
  if (!from[to]?.includes(current)) {
    throw new Fault('ValidationException', `The job cannot go from ${current} to ${to}`);
  }
  holdAs(job, to === 'CANCELLED' || to === 'USER_PAUSED' ? to : undefined, now);
}

export function holdAs(job: Job, hold: Job['hold'], now: Date): void {
  job.hold = hold;
  job.pausedAt = hold === 'USER_PAUSED' ? now : undefined;
  for (const wake of job.wake.splice(0)) wake();
}

/** Waits while the job is held; false means that it was cancelled and the scan must stop. */
export async function mayGoOn(job: Job): Promise<boolean> {
  while (job.hold === 'USER_PAUSED' || job.hold === 'PAUSED') {
    await new Promise<void>((resolve) => job.wake.push(resolve));
  }
  return job.hold !== 'CANCELLED';
}
