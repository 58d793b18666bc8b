/**
 * Answers in the order of the items, at most `width` at once. After a first error nothing more is begun, and it is thrown
 * when all that was begun has ended: what runs on behind a caller's back would meet its next try.
 */
export const inParallel = async <T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, at: number) => Promise<R>,
): Promise<R[]> => {
  const answers: R[] = [];
  const queue = items.entries();
  const errors: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const [at, item] of queue) {
      if (errors.length > 0) return;
      try {
        answers[at] = await work(item, at);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
  return answers;
};
