import { z } from 'zod';
import type { Call } from '../http/call';
import { parse } from '../http/parse';
import { holdAs } from './job';
import { found } from './state';

const Request = z.object({ jobId: z.string(), reached: z.boolean() });

/** What no caller can ask AWS for: the monthly discovery quota is used up (PAUSED), or there is a new month. */
export function discoveryQuota(call: Call): { jobId: string } {
  const { jobId, reached } = parse(Request, call.body, 'ValidationException');
  const jobs = new Map(call.world.macie.all().flatMap((macie) => [...macie.jobs]));
  holdAs(found(jobs, jobId), reached ? 'PAUSED' : undefined, call.world.now());
  return { jobId };
}
