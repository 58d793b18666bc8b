import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { noncesOn } from '../../src/aws/nonces';
import { Table } from '../../src/aws/table';
import { entrance } from '../../src/slack/entrance';
import type { SlackSecrets } from '../../src/slack/secrets';
import { handler } from '../../handlers/slack';
import { secrets } from '../slack/support/doorway';
import { commanded, context, json, request } from '../slack/support/requests';

/** The table as far as a write with a condition goes. */
const tableOf = (keys: Set<string>): Table => {
  const client = new DynamoDBClient({ region: 'eu-west-1' });
  client.middlewareStack.add(
    (_, { clientName }) =>
      async ({ input }) => {
        const key = JSON.stringify('Item' in input && input.Item?.['pk']);
        if (keys.has(key))
          throw Object.assign(new Error(clientName), { name: 'ConditionalCheckFailedException' });
        keys.add(key);
        return { output: { $metadata: {} }, response: {} };
      },
    { step: 'initialize' },
  );
  return new Table(client, 'table');
};

type Answer = { statusCode: number; body: string };
const mockEdge = {
  secrets: (): Promise<SlackSecrets> => Promise.resolve(secrets),
  seen: new Set<string>(),
  warned: [] as unknown[],
  /** What came through the guard, and to which secrets the app behind it was built. */
  passed: [] as { event: APIGatewayProxyEventV2; reference: string }[],
  built: [] as SlackSecrets[],
};
jest.mock('../../src/compose', () => ({
  enter: () =>
    entrance(
      () => mockEdge.secrets(),
      () => new Date(),
    ),
  nonces: () => noncesOn(tableOf(mockEdge.seen), () => new Date()),
  logger: { warn: (...said: unknown[]) => void mockEdge.warned.push(said) },
  bolt: (known: SlackSecrets, reference: () => string) => {
    mockEdge.built.push(known);
    return Promise.resolve((event: APIGatewayProxyEventV2): Promise<Answer> => {
      mockEdge.passed.push({ event, reference: reference() });
      return Promise.resolve({ statusCode: 200, body: 'from Bolt' });
    });
  },
}));

beforeEach(() => {
  mockEdge.secrets = () => Promise.resolve(secrets);
  mockEdge.seen.clear();
  mockEdge.warned.length = 0;
  mockEdge.passed.length = 0;
});

describe('the Slack function', () => {
  it('hands Bolt what the guard made of a signed request', async () => {
    const body = JSON.stringify({ type: 'event_callback', text: 'ünïcode' });
    const event = request(body, { type: `${json}; charset=utf-8`, base64: true });
    expect(await handler(event, context)).toEqual({ statusCode: 200, body: 'from Bolt' });
    expect(mockEdge.passed).toMatchObject([
      {
        event: { body, isBase64Encoded: false, headers: { 'content-type': json } },
        reference: 'ref-1',
      },
    ]);
  });

  it('answers what the guard refuses with a bare status, and logs why', async () => {
    const forged = request(commanded('https://hooks.slack.com/', 'help'), {
      secret: 'somebody-elses-secret',
    });
    expect(await handler(forged, context)).toEqual({ statusCode: 401, body: '' });
    expect(mockEdge.passed).toEqual([]);
    expect(mockEdge.warned).toEqual([['request refused', { because: 'signature', status: 401 }]]);
  });

  it('takes the same signed request once', async () => {
    const event = request(commanded('https://hooks.slack.com/', 'help'));
    expect(await handler(event, context)).toMatchObject({ statusCode: 200 });
    expect(await handler(event, context)).toEqual({ statusCode: 401, body: '' });
    expect(mockEdge.passed).toHaveLength(1);
  });

  it('does not remember what it refused, so nobody can burn a signature beforehand', async () => {
    await handler(
      request(commanded('https://hooks.slack.com/', 'help'), { unsigned: true }),
      context,
    );
    expect(mockEdge.seen.size).toBe(0);
  });

  it('takes both secrets while they are rotated, and builds its app anew for the new ones', async () => {
    await handler(request(commanded('https://hooks.slack.com/', 'help')), context);
    const before = mockEdge.built.length;
    const rotated = {
      ...secrets,
      signingSecret: 'the-new-secret-of-slack',
      previousSigningSecret: secrets.signingSecret,
    };
    mockEdge.secrets = () => Promise.resolve(rotated);
    const old = request(commanded('https://hooks.slack.com/', 'status'));
    const fresh = request(commanded('https://hooks.slack.com/', 'who'), {
      secret: rotated.signingSecret,
    });
    expect(await handler(old, context)).toMatchObject({ statusCode: 200 });
    expect(await handler(fresh, context)).toMatchObject({ statusCode: 200 });
    expect(mockEdge.built.slice(before)).toEqual([rotated]);
  });

  it('lets nothing through where the secrets cannot be read', async () => {
    mockEdge.secrets = () => Promise.reject(new Error('no parameter'));
    await expect(
      handler(request(commanded('https://hooks.slack.com/', 'help')), context),
    ).rejects.toThrow('no parameter');
    expect(mockEdge.passed).toEqual([]);
  });

  it('has the two parameters that Lambda takes', () => {
    expect(handler.length).toBeLessThanOrEqual(2);
  });
});
