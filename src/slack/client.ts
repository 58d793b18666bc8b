import { WebClient } from '@slack/web-api';

/** In the path of a click: no retries, since the person presses again sooner than a retry would help. */
export const clickClient = (token: string, slackApiUrl: string): WebClient =>
  new WebClient(token, {
    slackApiUrl,
    timeout: 2500,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });

/** In a worker: the queue is the retry, and it knows how long to wait. */
export const workClient = (token: string, slackApiUrl: string): WebClient =>
  new WebClient(token, {
    slackApiUrl,
    timeout: 10_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });

/** Seconds that Slack wants us to wait, if it was that. */
export const retryAfter = (error: unknown): number | undefined =>
  typeof error === 'object' &&
  error !== null &&
  'retryAfter' in error &&
  typeof error.retryAfter === 'number'
    ? error.retryAfter
    : undefined;

/** Not yet: seconds until it may be tried again, as when Slack says so. */
export class Wait extends Error {
  override readonly name = 'Wait';
  readonly retryAfter: number;

  constructor(seconds: number) {
    super(`not before ${seconds} s`);
    this.retryAfter = seconds;
  }
}

/** Slack's own word for a refusal, such as `message_not_found`. */
export const slackError = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !('data' in error)) return undefined;
  const { data } = error;
  return typeof data === 'object' &&
    data !== null &&
    'error' in data &&
    typeof data.error === 'string'
    ? data.error
    : undefined;
};
