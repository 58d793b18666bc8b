import { counted } from '../../src/app/counted';
import { expire } from '../../src/app/decide';
import { noted, told } from '../../src/app/events';
import { measuresOf } from '../../src/domain/measure';
import { aFinding, aPlan, aProposal, aRemediation, account, hour } from '../support/builders';
import { memoryStore } from '../support/memory-store';
import { abe, ann } from '../support/people';
import { twoApprovals, waiting } from '../support/waiting';
import { aWorld, remediate } from '../support/world';

type World = Awaited<ReturnType<typeof aWorld>>;
const trail = async ({ held }: Pick<World, 'held'>) =>
  [...held.held.chains.values()].flat().map((link) => ({
    type: link.event.type,
    facts: link.event.facts,
    measures: measuresOf(link),
  }));
const of = async (world: Pick<World, 'held'>, type: string) =>
  (await trail(world)).find((each) => each.type === type);

const by = { playbook: 'close-ec2-admin-ports', account, severity: 'high' };

it('a remediation says how long it took, since it was asked for and since its finding came', async () => {
  const world = await aWorld();
  world.clock.pass(2 * hour);

  await remediate(world, { begin: () => world.clock.pass(10_000) });

  const done = await of(world, 'remediation.done');
  const { took, sinceFinding } = done!.facts;
  expect(took).toBeGreaterThan(0);
  expect(sinceFinding).toBe(Number(took) + 7200);
  expect(done?.measures).toEqual([
    { kind: 'time', span: 'fulfil', seconds: took, by },
    { kind: 'time', span: 'remediate', seconds: sinceFinding, by },
    { kind: 'outcome', outcome: 'done', by },
  ]);
});

it('a decision says how long people took, counted from the moment when they were asked', async () => {
  const world = await waiting();
  world.clock.pass(90_400);

  await world.vote(ann);

  const given = await of(world, 'approval.given');
  expect(given?.measures).toEqual([{ kind: 'time', span: 'decide', seconds: 90, by }]);
});

it('a denial is both: a time and an outcome', async () => {
  const world = await waiting();
  world.clock.pass(60_000);

  await world.vote(ann, 'deny');

  expect((await of(world, 'approval.denied'))?.measures).toEqual([
    { kind: 'time', span: 'decide', seconds: 60, by },
    { kind: 'outcome', outcome: 'denied', by },
  ]);
});

it('of two approvals only the settling one is timed', async () => {
  const world = await waiting({ policy: twoApprovals });
  await world.vote(ann);
  world.clock.pass(30_000);
  await world.vote(abe);

  const given = (await trail(world)).filter(({ type }) => type === 'approval.given');

  expect(given.map(({ measures }) => measures)).toEqual([
    [],
    [{ kind: 'time', span: 'decide', seconds: 30, by }],
  ]);
});

it('whatever ends otherwise is counted by playbook, account and severity', async () => {
  const late = await waiting();
  late.clock.pass(5 * hour);
  await expire(late.door, late.id);
  const undone = await aWorld();
  const { id } = await remediate(undone);
  await undone.undo(id);
  await undone.play(id, 'undo');
  const failed = await aWorld();
  failed.ec2.quota = 2;
  await remediate(failed);

  const outcomes = [
    await of(late, 'approval.expired'),
    await of(undone, 'undo.done'),
    await of(failed, 'remediation.rolled-back'),
  ].map((each) => each?.measures);

  expect(outcomes).toEqual([
    [{ kind: 'outcome', outcome: 'expired', by }],
    [{ kind: 'outcome', outcome: 'undone', by }],
    [{ kind: 'outcome', outcome: 'rolled-back', by }],
  ]);
});

it('an end has no more facts than the thread shows', async () => {
  const world = await aWorld();
  await remediate(world);

  const counts = (await trail(world)).map(({ facts }) => Object.keys(facts).length);

  expect(Math.max(...counts)).toBeLessThanOrEqual(8);
});

it('what no finding started has no severity and no time since one', async () => {
  const { finding: _, ...remediation } = aRemediation();
  const at = '2026-03-01T13:00:00.000Z';
  const event = told(remediation, 'remediation.done', new Date(at), {});
  const denied = told(remediation, 'approval.denied', new Date(at), {});

  const store = memoryStore();
  const facts = [
    await counted({ store }, remediation, event),
    await counted({ store }, remediation, denied),
  ];

  expect(facts.map((each) => each.facts)).toMatchObject([
    { took: 3600, playbook: 'close-ec2-admin-ports', account },
    { playbook: 'close-ec2-admin-ports', account },
  ]);
  for (const each of facts) {
    expect(each.facts).not.toHaveProperty('severity');
    expect(each.facts).not.toHaveProperty('sinceFinding');
  }
  expect(facts[1]?.facts).not.toHaveProperty('took');
});

it('evidence alone is no remediation of its finding, so it says no time since that came', async () => {
  const { held } = await aWorld();
  const [step] = aPlan().steps;
  const timed = async (phase: 'change' | 'evidence') => {
    const plan = aPlan({ steps: [{ ...step!, phase }] });
    const remediation = aRemediation({ proposal: aProposal({ plan }) });
    const at = new Date('2026-03-01T13:00:00.000Z');
    return (
      await counted({ store: held }, remediation, told(remediation, 'remediation.done', at, {}))
    ).facts;
  };

  expect(await timed('change')).toHaveProperty('sinceFinding');
  expect(await timed('evidence')).not.toHaveProperty('sinceFinding');
  expect(await timed('evidence')).toHaveProperty('took');
});

it('what people do to a finding says how long it stood and what it is counted by', () => {
  const record = { finding: aFinding(), firstAt: '2026-03-01T12:00:00.000Z' };
  const at = new Date('2026-03-01T12:01:30.000Z');

  const facts = (['finding.acknowledged', 'finding.suppressed', 'finding.changed'] as const).map(
    (type) => noted(record, type, at, { said: 'so' }).facts,
  );

  expect(facts).toEqual([
    { said: 'so', took: 90, account, severity: 'high' },
    { said: 'so', account, severity: 'high' },
    { said: 'so' },
  ]);
});

it('no time is less than none, whatever two clocks say', () => {
  const record = { finding: aFinding(), firstAt: '2026-03-01T12:00:00.000Z' };
  const at = new Date('2026-03-01T11:59:59.000Z');

  expect(noted(record, 'finding.acknowledged', at, {}).facts['took']).toBe(0);
});
