import type { z } from 'zod';
import { Fault } from './fault';

/** Checks a request body; the first problem becomes the message of the exception `fault`. */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  fault: string,
): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new Fault(fault, `Invalid request: ${where} ${issue?.message ?? ''}`.trim());
}
