/** All pages of a list; `next` of a page is where the following one begins. */
export const all = async <T>(
  ask: (from: string | undefined) => Promise<{
    items: readonly T[] | undefined;
    next: string | undefined;
  }>,
): Promise<T[]> => {
  const found: T[] = [];
  let from: string | undefined;
  do {
    const { items = [], next } = await ask(from);
    found.push(...items);
    from = next;
  } while (from);
  return found;
};
