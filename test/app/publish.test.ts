import { publish } from '../../src/app/publish';
import type { Outcome } from '../../src/domain/outcome';
import type { CardRecord } from '../../src/domain/card';
import type { Link } from '../../src/domain/audit';
import { CaseId, RemediationId } from '../../src/domain/ids';
import { aFinding, aPolicy, aRemediation, findingKey } from '../support/builders';
import { memoryStore } from '../support/memory-store';
import { ann, rita } from '../support/people';
import { waiting } from '../support/waiting';
import { aWorld, remediate } from '../support/world';

type World = Pick<Awaited<ReturnType<typeof aWorld>>, 'held'>;

/** What is told of all links so far. */
const toldOf = async ({ held }: World, card?: CardRecord): Promise<Outcome[]> => {
  const told: Outcome[] = [];
  const deps = {
    store: held,
    cards: { get: async () => card },
    policy: aPolicy(),
    outcomes: { publish: async (outcome: Outcome) => void told.push(outcome) },
    objectOf: ({ seq }: Link) => `s3://bucket/audit/${seq}`,
  };
  for (const link of [...held.held.chains.values()].flat()) await publish(deps, link);
  return told;
};

const undone = async () => {
  const world = await aWorld();
  const { id } = await remediate(world);
  await world.undo(id);
  await world.play(id, 'undo');
  return { world, id };
};

it('tells the ends and nothing else', async () => {
  const { world } = await undone();

  expect((await toldOf(world)).map(({ outcome }) => outcome)).toEqual(['done', 'undone']);
});

it('tells who asked, who approved, what was decided on, and where it stands in the trail', async () => {
  const world = await aWorld();
  const { id, proposal } = await remediate(world);
  const trail = await world.held.trail(findingKey as string as Link['event']['case']);
  const link = trail.find(({ event }) => event.type === 'remediation.done')!;

  const [told] = await toldOf(world);

  expect(told).toMatchObject({
    schema: 'drawbridge.outcome/1',
    id: link.event.id,
    outcome: 'done',
    environment: 'test',
    by: { kind: 'drawbridge' },
    finding: { key: findingKey, control: 'EC2.13', severity: 'high' },
    remediation: {
      id,
      requestedBy: { id: rita.id, name: rita.name },
      reason: 'open to everybody',
      plan: { hash: proposal?.hash, steps: 1 },
      approvedBy: [{ id: ann.id, name: ann.name }],
      undoUntil: expect.any(String),
    },
    audit: { seq: link.seq, hash: link.hash, object: `s3://bucket/audit/${link.seq}` },
  });
});

it('names the person and the reason of an undo, though it ends by Drawbridge’s hand', async () => {
  const { world } = await undone();

  const told = (await toldOf(world)).at(-1);

  expect(told).toMatchObject({ by: { kind: 'person', id: ann.id }, because: 'wrong group' });
  expect(told?.remediation?.undoUntil).toBeUndefined();
});

it('tells a denial with its reason and without an approver', async () => {
  const world = await waiting();
  await world.vote(ann, 'deny', { reason: 'release day' });

  const [told] = await toldOf(world);

  expect(told).toMatchObject({
    outcome: 'denied',
    by: { kind: 'person', id: ann.id, name: ann.name },
    because: 'release day',
    remediation: { approvedBy: [] },
  });
});

it('tells of an exception until when it holds, and of a finding without a remediation', async () => {
  const world = await aWorld();
  await world.held.commit({
    events: [
      {
        id: 'x/finding.suppressed/1',
        type: 'finding.suppressed',
        case: findingKey as string as Link['event']['case'],
        at: '2026-03-01T12:00:00.000Z',
        actor: { kind: 'person', id: ann.id, name: ann.name },
        facts: { reason: 'test bench', until: '2026-04-01T00:00:00.000Z' },
      },
    ],
  });

  const [told] = await toldOf(world);

  expect(told).toMatchObject({
    outcome: 'suppressed',
    because: 'test bench',
    until: '2026-04-01T00:00:00.000Z',
  });
  expect(told).not.toHaveProperty('remediation');
});

it('says of the policy’s own exception that Drawbridge made it, not a person of that name', async () => {
  const world = await aWorld();
  await world.held.commit({
    events: [
      {
        id: 'x/finding.suppressed/2',
        type: 'finding.suppressed',
        case: findingKey as string as Link['event']['case'],
        at: '2026-03-01T12:00:00.000Z',
        actor: { kind: 'drawbridge' },
        facts: { reason: 'sandbox', until: '2026-04-01T00:00:00.000Z', by: 'the policy' },
      },
    ],
  });

  expect((await toldOf(world))[0]?.by).toEqual({ kind: 'drawbridge' });
});

it('leads to the card, or to the channel where there is none yet', async () => {
  const { world } = await undone();
  const card = { channel: 'C0ALERTS', ts: '1.2', shows: '', told: 0 } as CardRecord;

  const [with_] = await toldOf(world, card);
  const [without] = await toldOf(world);

  const url = 'https://slack.com/app_redirect?team=T0TEST&channel=C0ALERTS';
  expect(with_?.slack).toEqual({ team: 'T0TEST', channel: 'C0ALERTS', message: '1.2', url });
  expect(without?.slack).toEqual({ team: 'T0TEST', channel: 'C0ALERTS', url });
});

it('tells no description, no tag and no sample of what was found (law 12)', async () => {
  const finding = aFinding({ description: 'card 4111 1111 1111 1111' });
  const [resource] = finding.resources;
  const world = await aWorld({
    finding: { ...finding, resources: [{ ...resource!, tags: { token: 'hunter2' } }] },
  });
  await remediate(world);

  const told = JSON.stringify(await toldOf(world));

  expect(told).not.toContain('4111');
  expect(told).not.toContain('hunter2');
});

it('tells of a remediation that no finding started, and of one that is not known any more', async () => {
  const { finding: _, ...rest } = aRemediation({
    status: { state: 'refused', at: '', because: '' },
  });
  const remediation = { ...rest, case: rest.id as string as typeof rest.case };
  const refused = (id: typeof rest.id, case_: typeof rest.case) => ({
    id: `${id}/remediation.refused/`,
    type: 'remediation.refused' as const,
    case: case_,
    remediation: id,
    at: '2026-03-01T12:00:00.000Z',
    actor: { kind: 'drawbridge' as const },
    facts: { because: '' },
  });
  const held = memoryStore();
  await held.commit({ remediation, events: [refused(rest.id, remediation.case)] });
  const lost = RemediationId.parse('rem-00000000000000000009');
  await held.commit({ events: [refused(lost, CaseId.parse(lost))] });

  const [told, unknown] = await toldOf({ held });

  expect(told).toMatchObject({
    outcome: 'refused',
    remediation: { id: rest.id, approvedBy: [] },
    slack: { channel: 'C0ALERTS' },
    links: [],
  });
  expect(told).not.toHaveProperty('because');
  expect(told).not.toHaveProperty('finding');
  expect(told?.remediation).not.toHaveProperty('plan');
  expect(unknown).toMatchObject({ outcome: 'refused', slack: { channel: '' } });
});

it('leaves out what its source did not say', async () => {
  const { productArn: _, control: __, region: ___, ...finding } = aFinding();
  const world = await aWorld({ finding });
  await world.held.commit({
    events: [
      {
        id: 'x/finding.reopened/1',
        type: 'finding.reopened',
        case: findingKey as string as Link['event']['case'],
        at: '2026-03-01T12:00:00.000Z',
        actor: { kind: 'drawbridge' },
        facts: {},
      },
    ],
  });

  const [told] = await toldOf(world);

  for (const name of ['productArn', 'control', 'region'])
    expect(told?.finding).not.toHaveProperty(name);
});

it('fails where nobody can be told, so that the stream brings it again (law 9)', async () => {
  const world = await aWorld();
  await remediate(world);
  const link = (await world.held.trail(findingKey as string as Link['event']['case'])).find(
    ({ event }) => event.type === 'remediation.done',
  )!;

  const told = publish(
    {
      store: world.held,
      cards: { get: async () => undefined },
      policy: aPolicy(),
      outcomes: { publish: () => Promise.reject(new Error('no topic')) },
      objectOf: () => 's3://x/y',
    },
    link,
  );

  await expect(told).rejects.toThrow('no topic');
});
