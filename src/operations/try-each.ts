/**
 * Does each in turn, also after one has failed: what is refused must not keep the rest from being done.
 * @throws the first failure, once all were tried
 */
export const tryEach = async (tasks: readonly (() => Promise<unknown>)[]): Promise<void> => {
  const failures: unknown[] = [];
  for (const task of tasks)
    try {
      await task();
    } catch (error) {
      failures.push(error);
    }
  if (failures.length > 0) throw failures[0];
};
