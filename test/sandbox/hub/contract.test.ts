import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ssmRoutes, statesRoutes } from '../../../sandbox/hub/engines/routes';
import type { Route } from '../../../sandbox/hub/http/call';
import { macieRoutes } from '../../../sandbox/hub/macie/routes';
import { securityHubRoutes } from '../../../sandbox/hub/securityhub/routes';
import { loadModel, problems, type Model } from './support/model';

const served: [service: string, routes: Route[]][] = [
  ['macie2', macieRoutes],
  ['securityhub', securityHubRoutes],
  ['ssm', ssmRoutes],
  ['stepfunctions', statesRoutes],
];

// The answers themselves are checked in every other test here, by the watched clients.
describe.each(served)('the operations of %s', (service, routes) => {
  const model = loadModel(service);

  test('are where the service model has them', () => {
    if (!model) {
      process.stderr.write(`No botocore model of ${service} is installed: nothing compared.\n`);
      return;
    }
    for (const { operation, method, path } of routes) {
      const { http } = model.operations[operation] ?? {};
      expect([operation, method, path]).toEqual([operation, http?.method, http?.requestUri]);
    }
  });

  test('are each called by a test, so that each answer is compared with the model', () => {
    const tests = readdirSync(__dirname).filter((name) => name.endsWith('.test.ts'));
    const text = tests.map((name) => readFileSync(join(__dirname, name), 'utf8')).join('');
    const uncalled = routes.filter(({ operation }) => !text.includes(`new ${operation}Command(`));
    expect(uncalled.map(({ operation }) => operation)).toEqual([]);
  });
});

describe('the drift guard', () => {
  const model: Model = {
    operations: {},
    shapes: {
      Answer: {
        type: 'structure',
        required: ['Id'],
        members: { Id: { shape: 'Text' }, Kind: { shape: 'Kind', locationName: 'kind' } },
      },
      Text: { type: 'string' },
      Kind: { type: 'string', enum: ['A'] },
    },
  };

  test('lets through what the model allows', () => {
    expect(problems(model, 'Answer', { Id: 'x', kind: 'A' }, 'answer')).toEqual([]);
  });

  test('names what is missing, unknown, of another type or of another value', () => {
    expect(problems(model, 'Answer', { Kind: 'A' }, 'answer')).toEqual([
      'answer.Id: required and missing',
      'answer.Kind: not in the model',
    ]);
    expect(problems(model, 'Answer', { Id: 1, kind: 'B' }, 'answer')).toEqual([
      'answer.Id: not a string',
      'answer.kind: B is not one of Kind',
    ]);
  });
});
