import type { Json } from '../../src/domain/canonical';
import { operationOf } from '../../src/operations';
import type { Aws } from '../../src/operations/aws';
import type { Reversible } from '../../src/operations/operation';
import { actionsOf } from '../support/estate';
import { dying, refusing } from '../support/failing-aws';
import { samples } from './samples';
import type { Sample } from './samples/sample';

const run = 'rem-0000000000/0';
const kinds = [
  'ec2.protect-instance',
  'autoscaling.enter-standby',
  'elb.deregister-targets',
  'elb.deregister-classic',
  'iam.deny-instance',
  'iam.revoke-sessions',
  'ec2.detach-profile',
];
const cases = kinds.flatMap((kind) => {
  const operation = operationOf(kind);
  if (operation.irreversible !== undefined) throw new Error(`${kind} has no way back`);
  return (samples[kind] ?? []).map(
    (sample) => [`${kind}: ${sample.name}`, operation, sample] as const,
  );
});

/** As the runner goes: look, leave it if it stands, change it. */
const forward = async (aws: Aws, step: Reversible, { input }: Sample) => {
  const now = await step.read(aws, input, run);
  if (!step.holds(now, input)) await step.apply(aws, input, now, run);
};
const back = async (aws: Aws, step: Reversible, { input }: Sample, saved: Json) => {
  const now = await step.read(aws, input, run);
  if (!step.restored(now, input, saved)) await step.undo(aws, input, saved, now);
};

/** How many calls one way takes. */
const counted = async (go: (aws: Aws) => Promise<void>, aws: Aws): Promise<number> => {
  let calls = 0;
  await go({
    call: (name, input) => {
      calls += 1;
      return aws.call(name, input);
    },
  });
  return calls;
};

describe.each(cases)('%s', (_, operation, sample) => {
  const ended = async () => {
    const aws = sample.world();
    await forward(aws, operation, sample);
    return operation.read(aws, sample.input, run);
  };

  it('killed twice at any two calls, then left alone, ends as if never killed (law 4)', async () => {
    const end = await ended();
    const calls = await counted((aws) => forward(aws, operation, sample), sample.world());
    for (let first = 0; first < calls; first += 1)
      for (let second = 0; second < calls; second += 1)
        for (const when of ['before', 'after'] as const) {
          const aws = sample.world();
          const saved = await operation.read(aws, sample.input, run);
          await forward(dying(aws, first, when), operation, sample).catch(() => {});
          await forward(dying(aws, second, when), operation, sample).catch(() => {});
          await forward(aws, operation, sample);
          expect(await operation.read(aws, sample.input, run)).toEqual(end);

          await back(dying(aws, first, when), operation, sample, saved).catch(() => {});
          await back(dying(aws, second, when), operation, sample, saved).catch(() => {});
          await back(aws, operation, sample, saved);
          expect(await operation.read(aws, sample.input, run)).toEqual(saved);
        }
  });

  it('killed half-way and given up, it can be taken back from there (law 7)', async () => {
    const calls = await counted((aws) => forward(aws, operation, sample), sample.world());
    for (let at = 0; at < calls; at += 1)
      for (const when of ['before', 'after'] as const) {
        const aws = sample.world();
        const saved = await operation.read(aws, sample.input, run);
        await forward(dying(aws, at, when), operation, sample).catch(() => {});

        await back(aws, operation, sample, saved);

        expect(await operation.read(aws, sample.input, run)).toEqual(saved);
      }
  });

  it('says so where an action is denied, does the rest, and ends right once it is allowed', async () => {
    const end = await ended();
    const { apply, undo } = operation.permissions;
    for (const action of new Set([...apply, ...undo])) {
      const aws = sample.world();
      let met = false;
      const denied = refusing(aws, (name, input) => {
        const mine = actionsOf(name, input).includes(action);
        met ||= mine;
        return mine;
      });
      const nameOf = async (way: Promise<void>) => way.catch(({ name }: Error) => name);
      const saved = await operation.read(aws, sample.input, run);

      const forth = await nameOf(forward(denied, operation, sample));
      expect([action, forth]).toEqual([action, met ? 'UnauthorizedOperation' : undefined]);
      await forward(aws, operation, sample);
      expect(await operation.read(aws, sample.input, run)).toEqual(end);

      met = false;
      const home = await nameOf(back(denied, operation, sample, saved));
      expect([action, home]).toEqual([action, met ? 'UnauthorizedOperation' : undefined]);
      await back(aws, operation, sample, saved);
      expect(await operation.read(aws, sample.input, run)).toEqual(saved);
    }
  });
});
