import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world';

/** Server-sent events: "something changed". The page asks for the state itself, so nothing can be missed. */
export function stream(world: World, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write('retry: 500\n\ndata: hello\n\n');
  let pending = false;
  const tell = (): void => {
    if (pending) return;
    pending = true;
    setTimeout(() => {
      pending = false;
      response.write('data: changed\n\n');
    }, 15).unref();
  };
  world.listeners.add(tell);
  request.on('close', () => world.listeners.delete(tell));
}
