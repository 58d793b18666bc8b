import { Told } from '../../domain/errors';
import type { Aws } from '../aws';

/** What AWS answers, or in its words why it does not: a piece of evidence has a line for either. */
export type Answered<T> = { readonly is: T } | { readonly unknown: string };

/** Throttling, time-outs and faults of the service pass; a refusal does not. */
export const mayPass = (error: unknown): boolean =>
  !(error instanceof Error && '$fault' in error && error.$fault === 'client') ||
  /Throttl|RequestLimitExceeded|TooManyRequests|SlowDown/.test(error.name);

export const reason = (error: unknown): string => {
  if (error instanceof Told) return error.message;
  return error instanceof Error
    ? `${error.name}: ${error.message}`.slice(0, 200)
    : 'unknown failure';
};

const breath = 2000;

/** Asks once more for what may pass. A missing permission costs one line of the evidence, never the rest of it. */
export const asked = async <T>(aws: Aws, ask: () => Promise<T>): Promise<Answered<T>> => {
  for (let again = false; ; again = true)
    try {
      return { is: await ask() };
    } catch (error) {
      // A slip of ours is no answer of AWS.
      if (error instanceof TypeError) throw error;
      if (again || !mayPass(error)) return { unknown: reason(error) };
      await aws.call('clock:Pause', { milliseconds: breath });
    }
};
