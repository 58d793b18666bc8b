import { createServer } from 'node:net';

const listenOnce = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : undefined);
      });
    });
  });

export const portIsFree = async (port: number): Promise<boolean> =>
  (await listenOnce(port)) !== undefined;

/** `count` distinct ports of the loopback interface that nobody listened on a moment ago. */
export const freePorts = async (count: number): Promise<number[]> => {
  const found = new Set<number>();
  while (found.size < count) {
    const port = await listenOnce(0);
    if (port !== undefined) found.add(port);
  }
  return [...found];
};
