import { Told } from '../domain/errors';

export interface Log {
  error(message: string, more: Record<string, unknown>): void;
}

/** What a person reads when a listener fails, and what the log gets (law: nobody meets a stack trace or silence). */
export const wordsFor = (error: unknown, log: Log, reference: string): string => {
  log.error('listener failed', {
    reference,
    error,
    ...(error instanceof Error && { cause: error.cause }),
  });
  return error instanceof Told
    ? error.message
    : `Something went wrong and nothing was changed. Reference ${reference} finds it in the log.`;
};
