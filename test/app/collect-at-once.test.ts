import { collectAtOnce } from '../../src/app/collect-at-once';
import { prepare } from '../../src/app/prepare';
import type { Policy } from '../../src/domain/policy';
import type { z } from 'zod/mini';
import { aPolicy } from '../support/builders';
import { anIsolation, type Isolation } from '../support/isolated-world';
import { awsError, isReading } from '../support/memory-aws';
import { rita } from '../support/people';

type Rules = z.input<typeof Policy>['rules'];
const when = { playbook: ['collect-ec2-evidence'] };
const byRule: Rules = [{ when, run: 'automatic' }];

const anIncident = (rules: Rules = byRule, server = {}) =>
  anIsolation(server, undefined, aPolicy({ rules }));
const collecting = async (world: Isolation) => {
  const all = await Promise.all(world.ids().map((id) => world.stored(id)));
  return all.filter(({ playbook }) => playbook === 'collect-ec2-evidence');
};
/** Until the isolation waits for people, who do not decide. */
const asked = async (world: Isolation, options?: readonly string[]) => {
  const { id } = await world.isolate(rita, options);
  await prepare(world.deps, await world.stored(id));
  return world.stored(id);
};

describe('where a rule lets evidence be taken by itself', () => {
  it('is taken while people still decide, as a case of its own (law 8)', async () => {
    const world = await anIncident();
    const isolation = await asked(world);
    const [found] = await collecting(world);

    await world.run(found!.id, 'remediate');

    const taken = await world.stored(found!.id);
    expect(isolation.status).toEqual({ state: 'awaiting approval' });
    expect(taken).toMatchObject({
      case: taken.id,
      requester: { name: 'Drawbridge' },
      reason: `Rita asked for ${isolation.id}, Isolate an EC2 instance, and a rule of the policy takes evidence at once.`,
      target: isolation.target,
      channel: isolation.channel,
      proposal: { automatic: true, decisions: [] },
      status: { state: 'done' },
    });
    expect(world.host.evidence.names()).toContain('manifest.json');
    const changes = world.host.aws.calls.filter(({ name }) => !isReading(name));
    expect(new Set(changes.map(({ name }) => name))).toEqual(
      new Set(['evidence:Keep', 'ec2:CreateSnapshots', 'ssm:SendCommand']),
    );
  });

  it('takes what was chosen for the isolation', async () => {
    const world = await anIncident();

    await asked(world, ['memory', 'stop']);

    expect(await collecting(world)).toMatchObject([{ options: ['memory'] }]);
  });

  it('is asked for once, however often the isolation is planned (law 4)', async () => {
    const world = await anIncident();
    const isolation = await asked(world);

    await collectAtOnce(world.deps, isolation);
    await collectAtOnce(world.deps, isolation);

    expect(await collecting(world)).toHaveLength(1);
  });

  it('does not take again what is being taken', async () => {
    const world = await anIncident();
    const isolation = await asked(world);

    await collectAtOnce(world.deps, { ...isolation, id: 'rem-another' as never });

    expect(await collecting(world)).toHaveLength(1);
  });

  it('asks nobody at a cap: the isolation takes it anyway', async () => {
    const policy = aPolicy({ rules: byRule, caps: { automaticPerHour: 0 } });
    const world = await anIsolation({}, undefined, policy);
    await asked(world);
    const [found] = await collecting(world);

    await world.run(found!.id, 'remediate');

    expect((await world.stored(found!.id)).status).toMatchObject({
      state: 'refused',
      because: expect.stringMatching(/^It is not taken by itself now\. 0 runs .* The isolation/),
    });
    expect(world.host.evidence.names()).toEqual([]);
  });

  it('is held with words where it could not be kept', async () => {
    const denied = (): never => {
      throw awsError('AccessDenied', { $fault: 'client' });
    };
    const world = await anIncident(byRule, { instead: { 'evidence:Keep': denied } });
    await asked(world);
    const [found] = await collecting(world);

    await world.run(found!.id, 'remediate');

    expect((await world.stored(found!.id)).status).toMatchObject({
      state: 'held',
      because: expect.stringMatching(
        /^Evidence is missing: Keep all that AWS tells of .*AccessDenied/,
      ),
    });
  });
});

describe('evidence waits for the isolation', () => {
  it.each<[string, Rules]>([
    ['where no rule speaks of it', []],
    ['where people have to say yes to it', [{ when, run: 'one approval' }]],
    ['where it never runs', [{ when, run: 'never', because: 'No.' }]],
    ['where its rule may not apply', [{ when: { ...when, severity: ['high'] }, run: 'automatic' }]],
  ])('%s', async (_, rules) => {
    const world = await anIncident(rules);

    await asked(world);

    expect(await collecting(world)).toEqual([]);
  });

  it('where the isolation asks nobody', async () => {
    const all: Rules = [{ when: {}, run: 'automatic', evenWithWarnings: true }];
    const world = await anIncident(all);
    const { id } = await world.isolate();

    await world.run(id, 'remediate');

    expect(await world.stored(id)).toMatchObject({ status: { state: 'done' } });
    expect(await collecting(world)).toEqual([]);
  });
});
