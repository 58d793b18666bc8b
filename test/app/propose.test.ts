import { propose } from '../../src/app/propose';
import { advance } from '../../src/app/advance';
import { request } from '../../src/app/request';
import { planHash, type Planned } from '../../src/domain/plan';
import { aPlan, aPolicy, aRemediation, hour, policyText } from '../support/builders';
import { ann, clickOf, rita } from '../support/people';
import { waiting } from '../support/waiting';
import { aWorld } from '../support/world';

const plan = aPlan();
const planned: Planned = { kind: 'plan', plan };
const aProposing = async (more: Parameters<typeof aPolicy>[0] = {}) => {
  const world = await aWorld({ policy: aPolicy(more) });
  const { id } = await world.request();
  return {
    ...world,
    id,
    propose: async (what: Planned = planned) => propose(world.deps, await world.stored(id), what),
    facts: async (type: string) =>
      world.held.held.chains.get(world.finding.key)!.find(({ event }) => event.type === type)?.event
        .facts,
  };
};

describe('a plan', () => {
  it('is put before people with its hash, until the rule’s end', async () => {
    const world = await aProposing();
    expect(await world.propose()).toEqual({ next: 'ask' });
    expect(await world.stored(world.id)).toMatchObject({
      status: { state: 'awaiting approval' },
      proposal: {
        hash: planHash(plan),
        revision: 1,
        until: '2026-03-01T16:00:00.000Z',
        decisions: [],
      },
    });
    expect(await world.facts('remediation.planned')).toEqual({
      hash: planHash(plan),
      changes: 1,
      steps: 1,
    });
    expect(await world.facts('approval.asked')).toEqual({
      needed: 1,
      from: 'approver',
      until: '2026-03-01T16:00:00.000Z',
    });
    expect(world.held.held.due.get(world.id)).toBe('2026-03-01T16:00:00.000Z');
  });

  it('says why people are asked where a rule would not', async () => {
    const world = await aProposing({
      rules: [{ run: 'automatic', when: {} }],
      caps: { automaticPerHour: 0 },
    });
    await world.propose();
    expect((await world.stored(world.id)).proposal?.asks).toContain('at most 0 may');
    expect((await world.facts('approval.asked'))?.['because']).toContain('at most 0 may');
  });

  it('runs without people where a rule says so, and nobody is to be called', async () => {
    const world = await aProposing({ rules: [{ run: 'automatic', when: {} }] });
    expect(await world.propose()).toEqual({ next: 'advance' });
    expect(await world.stored(world.id)).toMatchObject({
      status: { state: 'approved' },
      proposal: { automatic: true },
    });
    expect(await world.facts('approval.given')).toMatchObject({ by: 'a rule of the policy' });
    expect(world.held.held.due.size).toBe(0);
  });

  it('that the policy forbids by now ends in its words, and frees the target', async () => {
    const world = await aProposing();
    const rules = aPolicy({ rules: [{ run: 'never', when: {}, because: 'Not in March.' }] });
    const next = await propose(
      { ...world.deps, policy: rules },
      await world.stored(world.id),
      planned,
    );
    expect(next).toEqual({ next: 'finish' });
    expect((await world.stored(world.id)).status).toMatchObject({
      state: 'refused',
      because: 'Not in March.',
    });
    expect(world.held.held.locks.size).toBe(0);
  });

  it.each([
    ['compliant', 'remediation.compliant'],
    ['refusal', 'remediation.refused'],
  ] as const)('that turns out %s ends so, and changes nothing', async (kind, type) => {
    const world = await aProposing();
    expect(await world.propose({ kind, because: 'Nothing to do.' })).toEqual({ next: 'finish' });
    expect((await world.stored(world.id)).status).toMatchObject({ because: 'Nothing to do.' });
    expect(await world.facts(type)).toMatchObject({ because: 'Nothing to do.' });
    expect(world.held.held.locks.size).toBe(0);
  });

  it('that is new has no decisions of the old one, and its own hash (law 2)', async () => {
    const world = await aProposing({
      approval: { default: { ...policyText.approval.default, approvals: 2 } },
    });
    await world.propose();
    await world.vote(world.id, 'approve', ann);
    const old = (await world.stored(world.id)).proposal!;
    const wider = aPlan({ warnings: ['another'] });
    await world.propose({ kind: 'plan', plan: wider });
    expect((await world.stored(world.id)).proposal).toMatchObject({
      revision: 2,
      decisions: [],
      hash: planHash(wider),
    });
    expect(old.decisions).toHaveLength(1);
    expect(await world.facts('remediation.replanned')).toMatchObject({ hash: planHash(wider) });
  });
});

describe('a rule that forbids', () => {
  const never = aPolicy({ rules: [{ run: 'never', when: {}, because: 'The vault is not ours.' }] });

  it('refuses whoever asks, in its words, and the trail knows', async () => {
    const world = await aWorld({ policy: never });
    const asked = await request(world.door, world.ask, clickOf(rita), 'open to everybody');
    expect(asked).toEqual({ kind: 'refused', because: 'The vault is not ours.' });
    expect(await world.trail()).toContain('remediation.request-refused');
    expect(world.ids()).toEqual([]);
  });

  it('has the last word also after people said yes', async () => {
    const world = await waiting();
    await world.vote(ann);
    const next = await advance(
      { ...world.deps, policy: never },
      await world.stored(world.id),
      () => 60_000,
    );
    expect(next).toEqual({ next: 'finish' });
    expect((await world.stored(world.id)).status).toMatchObject({
      state: 'refused',
      because: 'The vault is not ours.',
    });
    expect(world.rules()).toHaveLength(1);
  });
});

describe('a closed change window', () => {
  const nights = { zone: 'UTC', from: '22:00', to: '04:00' };
  const rules = [{ run: 'one approval', when: {}, window: 'nights' }] as const;
  const policy = aPolicy({ windows: { nights }, rules: [...rules] });

  it('is waited for, said once, and then the change is made', async () => {
    const world = await waiting({ policy });
    await world.vote(ann);
    const waits: number[] = [];
    await world.play(world.id, 'remediate', {
      wait: (seconds) => {
        waits.push(seconds);
        // It looks again too early once.
        world.clock.pass(waits.length === 1 ? 5 * hour : seconds * 1000);
      },
    });
    expect((await world.stored(world.id)).status.state).toBe('done');
    expect(waits).toEqual([10 * 3600, 5 * 3600]);
    expect((await world.trail()).filter((type) => type === 'remediation.waiting')).toHaveLength(1);
  });

  it('is not waited for longer than a day without a look at the policy', async () => {
    const week = aPolicy({
      windows: { nights: { ...nights, days: ['sat'] } },
      rules: [...rules],
    });
    const world = await waiting({ policy: week });
    await world.vote(ann);
    expect(await advance(world.deps, await world.stored(world.id), () => 60_000)).toEqual({
      next: 'wait',
      seconds: 86_400,
    });
  });
});

it('a remediation without a finding is planned as well', async () => {
  const world = await aWorld();
  const { finding: _, ...alone } = aRemediation();
  await world.held.commit({ remediation: alone, events: [] });
  expect(await propose(world.deps, alone, planned)).toEqual({ next: 'ask' });
});
