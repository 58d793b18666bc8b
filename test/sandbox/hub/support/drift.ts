import { Readable } from 'node:stream';
import { loadModel, problems, type Model } from './model';

interface RawResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
}

function findDrift(model: Model, operation: string, response: RawResponse, text: string): string[] {
  const described = model.operations[operation];
  if (!described) return [`${operation} is not in the model`];
  const body: unknown = JSON.parse(text);
  if (response.statusCode < 400) {
    return described.output ? problems(model, described.output.shape, body, operation) : [];
  }
  const type = response.headers['x-amzn-errortype'] ?? '';
  const modelled = described.errors?.some(({ shape }) => shape === type) ?? false;
  if (!modelled) return [`${operation} cannot answer ${type}`];
  return problems(model, type, body, `${operation} ${type}`);
}

interface Watchable {
  middlewareStack: { add: (middleware: never, options: never) => void };
}
type Next = (args: unknown) => Promise<{ response: unknown }>;

/** Checks each raw answer against the service model before the SDK reads it, so every test is a contract test too. */
export function watch(client: Watchable, service: string): void {
  const model = loadModel(service);
  const middleware = (next: Next, context: { commandName: string }) => async (args: unknown) => {
    const result = await next(args);
    const response = result.response as RawResponse;
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    response.body = Readable.from(chunks);
    const operation = context.commandName.replace(/Command$/, '');
    const text = Buffer.concat(chunks).toString('utf8');
    const drift = model ? findDrift(model, operation, response, text) : [];
    if (drift.length > 0) throw new Error(`Drift from the service model:\n${drift.join('\n')}`);
    return result;
  };
  client.middlewareStack.add(
    middleware as never,
    {
      step: 'deserialize',
      priority: 'low',
      name: 'drift',
    } as never,
  );
}
