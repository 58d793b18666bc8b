import * as z from 'zod/mini';

/** Did Drawbridge write this policy? It marks each statement; one that somebody changed is still its own. */
export const isMarked = (document: string, sid: string): boolean => {
  const Marked = z.object({
    Statement: z
      .array(z.object({ Sid: z.string().check(z.startsWith(sid)) }))
      .check(z.minLength(1)),
  });
  try {
    return Marked.safeParse(JSON.parse(document)).success;
  } catch {
    return false;
  }
};
