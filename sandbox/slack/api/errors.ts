import type { Problem } from '../validate';
import { asSlackWrites } from '../validate';
import type { Json } from '../json';

/** An answer of `ok: false`; `code` is Slack's own word for it. */
export class SlackError extends Error {
  readonly code: string;
  readonly extra: Json;
  readonly retryAfter: number | undefined;

  constructor(code: string, extra: Json = {}, retryAfter?: number) {
    super(code);
    this.code = code;
    this.extra = extra;
    this.retryAfter = retryAfter;
  }
}

export function refuseProblems(problems: readonly Problem[]): void {
  const [first] = problems;
  if (!first) return;
  const messages = problems.filter((one) => one.code === first.code).map(asSlackWrites);
  throw new SlackError(first.code, { errors: messages, response_metadata: { messages } });
}
