import type { AwsCall } from '../../src/operations/aws';
import { anIsolation, ask, type Isolation } from '../support/isolated-world';
import { awsError, MemoryAws } from '../support/memory-aws';
import { stateOf } from '../support/server-state';

/** Which calls of the estate fail, counted over all of them from 0, and how. */
type Fails = (name: AwsCall, at: number) => string | undefined;

const failing = (fails: Fails) => {
  const names: AwsCall[] = [];
  const wrap = <T extends object>(target: T): T => {
    if (!(target instanceof MemoryAws)) return target;
    return new Proxy(target, {
      get: (of, key) =>
        key === 'call'
          ? async (name: AwsCall, input: never) => {
              names.push(name);
              const error = fails(name, names.length - 1);
              if (error) throw awsError(error, { $fault: 'client' });
              return of.call(name, input);
            }
          : Reflect.get(of, key),
    });
  };
  return { names, wrap };
};

/** From the command to the end, or to a plan that cannot be made. */
const runWith = async (fails: Fails) => {
  const { names, wrap } = failing(fails);
  const world = await anIsolation({}, wrap);
  const before = stateOf(world.host);
  const { id } = await world.isolate();
  let approved = 0;
  await world.run(id, 'remediate', {
    people: () => {
      approved = names.length;
      return world.vote(id);
    },
  });
  return { world, id, status: (await world.stored(id)).status, before, names, approved };
};

const groupsOf = ({ host }: Isolation): string[] =>
  stateOf(host).interfaces.map((group) => host.network.find(group).name);

const evidenceCalls: readonly AwsCall[] = [
  'ec2:CreateSnapshots',
  'ec2:CreateSnapshot',
  'ec2:GetConsoleOutput',
  'ec2:GetConsoleScreenshot',
  'ssm:SendCommand',
  'ssm:GetCommandInvocation',
  'evidence:Keep',
  'evidence:List',
];
const errors = ['RequestLimitExceeded', 'UnauthorizedOperation', 'InternalError'];

const told = async ({ world, id, status, before }: Awaited<ReturnType<typeof runWith>>) => {
  const now = groupsOf(world);
  const was = before.interfaces.map((group) => world.host.network.find(group).name);
  // Never wider than before: as it was, or shut.
  expect([['drawbridge-quarantine'], was]).toContainEqual(now);
  const last = (await world.trailOf(id)).at(-1);
  expect(last?.type).toMatch(/^remediation\.(done|held|refused|failed)$/);
  // What does not stand is not called done.
  const { policies, profile, targets, balancers } = stateOf(world.host);
  const stands =
    now[0] === 'drawbridge-quarantine' &&
    policies.length === 1 &&
    profile.length === 0 &&
    !JSON.stringify([targets, balancers]).includes(ask.target);
  if (!stands) expect(status.state).not.toBe('done');
  if (status.state !== 'done') expect('because' in status ? status.because : '').toMatch(/\w+ \w+/);
};

describe('an isolation, of which a call of AWS fails', () => {
  it('once, at each call in turn: ends with words, and never with a wider network (laws 8 and 10)', async () => {
    const { names } = await runWith(() => undefined);
    const ends: Record<string, number> = {};
    for (let at = 0; at < names.length; at += 1) {
      const error = errors[at % errors.length]!;
      const run = await runWith((_, called) => (called === at ? error : undefined));
      await told(run).catch((cause: unknown) => {
        throw new Error(`${names[at]} (call ${at}): ${error}: ${JSON.stringify(run.status)}`, {
          cause,
        });
      });
      ends[run.status.state] = (ends[run.status.state] ?? 0) + 1;
    }
    // Most of it is got over at once: the rest was told.
    expect(Object.keys(ends).sort()).toEqual(['done', 'held']);
    expect(names.length).toBeGreaterThan(150);
  }, 120_000);

  it.each(['the request', 'the approval'])(
    'always from %s on, each kind of call in turn: ends with words, and evidence blocks nothing (laws 8 and 10)',
    async (when) => {
      const { names, approved } = await runWith(() => undefined);
      const from = when === 'the request' ? 0 : approved;
      for (const name of new Set(names.slice(from)))
        for (const error of errors) {
          const run = await runWith((called, at) =>
            called === name && at >= from ? error : undefined,
          );
          await told(run).catch((cause: unknown) => {
            throw new Error(`${name}: ${error}: ${JSON.stringify(run.status)}`, { cause });
          });
          if (evidenceCalls.includes(name))
            expect([name, groupsOf(run.world)]).toEqual([name, ['drawbridge-quarantine']]);
        }
    },
    120_000,
  );
});
