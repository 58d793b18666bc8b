export const inWorld = async (_runs: number): Promise<boolean[]> => Promise.resolve([]);
