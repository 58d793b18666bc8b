import fc from 'fast-check';
import { advance } from '../../src/app/advance';
import { housekeep } from '../../src/app/housekeep';
import { nextCall, nudge } from '../../src/app/nudge';
import type { Store } from '../../src/app/ports';
import { aPolicy, aProposal, hour, policyText } from '../support/builders';
import { memoryGroups } from '../support/memory-groups';
import { ann } from '../support/people';
import { waiting } from '../support/waiting';
import { sshOpen } from '../support/world';

const minute = 60_000;
const asking = (more: object) =>
  aPolicy({ approval: { default: { ...policyText.approval.default, ...more } } });
const patient = asking({ remindAfter: '1h', escalateAfter: '2h', escalateTo: 'S0ONCALL' });
type Waiting = Awaited<ReturnType<typeof waiting>>;

/** A remediation asked for at noon, and a minute hand. */
const aWait = async (policy = patient) => {
  const world = await waiting({ policy });
  const start = world.clock.now().getTime();
  return {
    ...world,
    tick: () => housekeep({ ...world.deps, groups: memoryGroups(), showGroup: async () => {} }),
    /** So many minutes after noon. */
    at: (minutes: number) =>
      world.clock.pass(start + minutes * minute - world.clock.now().getTime()),
    due: () => world.held.held.due.get(world.id),
    calls: async () =>
      (await world.trail()).filter((type) =>
        ['approval.reminded', 'approval.escalated', 'approval.expired'].includes(type),
      ),
  };
};
const factsOf = async ({ held, finding }: Waiting, type: string) =>
  [...(held.held.chains.get(finding.key) ?? [])].find(({ event }) => event.type === type)?.event
    .facts;

describe('nobody decides', () => {
  it('they are reminded, then others are called, then the request ends: each at its moment', async () => {
    const wait = await aWait();
    for (const [minutes, calls, due] of [
      [59, [], '13:00'],
      [60, ['approval.reminded'], '14:00'],
      [119, ['approval.reminded'], '14:00'],
      [120, ['approval.reminded', 'approval.escalated'], '16:00'],
      [239, ['approval.reminded', 'approval.escalated'], '16:00'],
      [240, ['approval.reminded', 'approval.escalated', 'approval.expired'], undefined],
    ] as const) {
      wait.at(minutes);
      await wait.tick();
      await wait.tick();
      expect(await wait.calls()).toEqual(calls);
      expect(wait.due()?.slice(11, 16)).toBe(due);
    }
    expect((await wait.stored(wait.id)).status.state).toBe('expired');
  });

  it('the escalation names whom the policy says, and until when', async () => {
    const wait = await aWait();
    wait.at(120);
    await wait.tick();
    const until = '2026-03-01T16:00:00.000Z';
    expect(await factsOf(wait, 'approval.escalated')).toEqual({ until, to: 'S0ONCALL' });
    expect((await wait.stored(wait.id)).proposal?.nudged).toBe('escalated');
  });

  it.each([
    [150, ['approval.escalated']],
    [300, ['approval.expired']],
  ])('a tick that is %d minutes late does the latest of them only', async (minutes, calls) => {
    const wait = await aWait();
    wait.at(minutes);
    await wait.tick();
    expect(await wait.calls()).toEqual(calls);
  });

  it('there is only the end where the policy calls nobody', async () => {
    const wait = await aWait(aPolicy());
    expect(wait.due()).toBe('2026-03-01T16:00:00.000Z');
    wait.at(240);
    await wait.tick();
    expect(await wait.calls()).toEqual(['approval.expired']);
  });

  it('there is a reminder without an escalation, and the other way round', async () => {
    const reminded = await aWait(asking({ remindAfter: '3h' }));
    reminded.at(180);
    await reminded.tick();
    expect(reminded.due()?.slice(11, 16)).toBe('16:00');
    expect(await factsOf(reminded, 'approval.reminded')).toEqual({
      until: '2026-03-01T16:00:00.000Z',
    });
    const escalated = await aWait(asking({ escalateAfter: '3h', escalateTo: 'U0ABE' }));
    expect(escalated.due()?.slice(11, 16)).toBe('15:00');
  });

  it('each plan has its own calls', async () => {
    const wait = await aWait();
    wait.at(60);
    await wait.tick();
    await wait.vote(ann);
    wait.ec2.group('sg-0a1b2c3d', [sshOpen, { ...sshOpen, FromPort: 22, ToPort: 22 }]);
    await advance(wait.deps, await wait.stored(wait.id), () => 60_000);
    expect(wait.due()?.slice(11, 16)).toBe('14:00');
    wait.at(120);
    await wait.tick();
    expect(await wait.calls()).toEqual(['approval.reminded', 'approval.reminded']);
  });
});

describe('somebody decides', () => {
  it('nobody is called any more', async () => {
    const wait = await aWait();
    await wait.vote(ann);
    wait.at(120);
    await wait.tick();
    expect(await wait.calls()).toEqual([]);
    expect(wait.due()).toBeUndefined();
  });

  it('at the same moment: what they wrote stands, and nobody is called', async () => {
    const wait = await aWait();
    wait.at(60);
    const before = await wait.stored(wait.id);
    await wait.vote(ann);
    await nudge(wait.deps, before);
    expect((await wait.stored(wait.id)).status.state).toBe('approved');
    expect(await wait.calls()).toEqual([]);
  });

  it('and the new plan of the same moment is not forgotten with the old', async () => {
    const wait = await aWait();
    await wait.vote(ann);
    const approved = await wait.stored(wait.id);
    wait.ec2.group('sg-0a1b2c3d', [sshOpen, { ...sshOpen, FromPort: 22, ToPort: 22 }]);
    // The tick has read the old state; before it writes, the new plan is put before people.
    await advance(wait.deps, approved, () => 60_000);
    await nudge(wait.deps, approved);
    expect(wait.due()?.slice(11, 16)).toBe('13:00');
  });

  it('an error of the table is an error of the tick, not silence', async () => {
    const wait = await aWait();
    wait.at(60);
    const store: Store = { ...wait.held, commit: () => Promise.reject(new Error('table down')) };
    await expect(nudge({ ...wait.deps, store }, await wait.stored(wait.id))).rejects.toThrow(
      'table down',
    );
  });
});

it('an entry that is due too early is put off, and nobody is called', async () => {
  const wait = await aWait();
  wait.held.held.due.set(wait.id, '2026-03-01T12:00:00.000Z');
  await wait.tick();
  expect(await wait.calls()).toEqual([]);
  expect(wait.due()?.slice(11, 16)).toBe('13:00');
  wait.at(60);
  await wait.tick();
  wait.held.held.due.set(wait.id, '2026-03-01T13:00:00.000Z');
  await wait.tick();
  expect(await wait.calls()).toEqual(['approval.reminded']);
  expect(wait.due()?.slice(11, 16)).toBe('14:00');
});

it('a call that would come after the end is none', () => {
  const rule = { ...aProposal().rule, expiresAfter: hour, remindAfter: 2 * hour };
  const proposal = aProposal({ rule, until: '2026-03-01T13:00:00.000Z' });
  expect(nextCall(proposal, new Date('2026-03-01T12:00:00.000Z'))).toBe(proposal.until);
});

it('whenever the ticks come, each call comes once at most, in order, never early, and the end comes', async () => {
  const ticks = fc.array(fc.integer({ min: 0, max: 260 }), { maxLength: 12 });
  const moments = [
    ['approval.reminded', 60],
    ['approval.escalated', 120],
    ['approval.expired', 240],
  ] as const;
  await fc.assert(
    fc.asyncProperty(ticks, async (minutes) => {
      const wait = await aWait();
      for (const each of [...minutes.sort((a, b) => a - b), 260]) {
        wait.at(each);
        const before = (await wait.calls()).length;
        await wait.tick();
        const calls = await wait.calls();
        expect(calls.length - before).toBeLessThanOrEqual(1);
        for (const [call, from] of moments) expect(calls.includes(call) && each < from).toBe(false);
      }
      const calls = await wait.calls();
      expect(calls).toEqual(moments.map(([call]) => call).filter((call) => calls.includes(call)));
      expect(calls.at(-1)).toBe('approval.expired');
    }),
    { numRuns: 50 },
  );
});
