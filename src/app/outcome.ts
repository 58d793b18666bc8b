import { Told } from '../domain/errors';

/** What became of a step: it is over, it is looked at again in so many seconds, or it failed. */
export type Outcome =
  | { kind: 'ok' }
  | { kind: 'again'; seconds: number }
  | { kind: 'failed'; because: string };

/** A step that AWS throttles or that times out is tried this often, in each direction, before it counts as failed. */
const attempts = 5;

/** EC2 and others show a change a moment after it was made: what is not there yet is looked at again. */
export class NotYet extends Told {}

/** Seconds until the next try, or none where this was the last one or the error will not pass. */
export const retryAfter = (error: unknown, tried: number): number | undefined =>
  isTransient(error) && tried + 1 < attempts ? 2 * (tried + 1) : undefined;

/** Throttling, time-outs and faults of the service pass; a refusal does not. */
const isTransient = (error: unknown): boolean => {
  if (error instanceof NotYet) return true;
  if (!(error instanceof Error)) return false;
  return (
    faultOf(error) === 'server' ||
    /Throttl|RequestLimitExceeded|Timeout|ECONN|EPIPE|socket|ServiceUnavailable|InternalError|SlowDown/i.test(
      `${error.name} ${error.message}`,
    )
  );
};

/** Said no before it began anything. A lost answer is no refusal. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Error && faultOf(error) === 'client';

const faultOf = (error: Error): unknown => ('$fault' in error ? error.$fault : undefined);

/** The service's own words, without ids of requests and without a stack. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof Told) return error.message;
  return error instanceof Error
    ? `${error.name}: ${error.message}`.slice(0, 500)
    : 'unknown failure';
};
