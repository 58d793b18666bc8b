import { askFor } from '../../src/app/asking';
import type { Plan } from '../../src/domain/plan';
import type { Policy } from '../../src/domain/policy';
import { RemediationId } from '../../src/domain/ids';
import type { z } from 'zod/mini';
import { aPlan, aPolicy, aRemediation, hour, policyText } from '../support/builders';
import { aWorld } from '../support/world';

type Text = Partial<z.input<typeof Policy>>;
const automatic = { rules: [{ run: 'automatic', when: {} }] } satisfies Text;
const steps = (count: number): Plan['steps'] =>
  Array.from({ length: count }, () => aPlan().steps[0]!);

const aDesk = async (more: Text) => {
  const world = await aWorld({ policy: aPolicy(more) });
  let ids = 0;
  return {
    ...world,
    /** One more remediation, asked for now. */
    ask: (plan: Partial<Plan> = {}, of: Parameters<typeof aRemediation>[0] = {}) => {
      const id = RemediationId.parse(`rem-${String((ids += 1)).padStart(20, '0')}`);
      const requestedAt = world.clock.now().toISOString();
      return askFor(world.deps, aRemediation({ id, requestedAt, ...of }), aPlan(plan));
    },
  };
};

describe('who is asked', () => {
  it('nobody, ever, where a rule forbids it: its words are the answer', async () => {
    const rules: Text['rules'] = [{ run: 'never', when: {}, because: 'The vault is not ours.' }];
    const { ask } = await aDesk({ rules });
    expect(await ask()).toEqual({ kind: 'never', because: 'The vault is not ours.' });
  });

  it('those whom the approval names, where no rule says otherwise', async () => {
    const { ask } = await aDesk({});
    expect(await ask()).toEqual({
      kind: 'people',
      rule: { approvals: 1, from: 'approver', separate: true, expiresAfter: 4 * hour },
    });
  });

  it('those whom a rule names, with its words', async () => {
    const rules: Text['rules'] = [{ run: 'two people', when: {}, because: 'It is the vault.' }];
    const { ask } = await aDesk({ rules });
    expect(await ask()).toMatchObject({
      kind: 'people',
      rule: { approvals: 2 },
      because: 'It is the vault.',
    });
  });

  it('by the severity and the tags that the finding has now', async () => {
    const rules: Text['rules'] = [
      { run: 'never', when: { severity: ['critical'] }, because: 'Call the team.' },
    ];
    const desk = await aDesk({ rules });
    expect((await desk.ask()).kind).toBe('people');
    const record = desk.held.held.findings.get(desk.finding.key)!;
    const finding = { ...record.finding, severity: 'critical' } as const;
    desk.held.held.findings.set(desk.finding.key, { ...record, finding });
    expect(await desk.ask()).toEqual({ kind: 'never', because: 'Call the team.' });
  });

  it('as for something unknown, where the playbook is gone or there is no finding', async () => {
    const rules: Text['rules'] = [
      { run: 'never', when: { severity: ['critical'] }, because: 'Call the team.' },
    ];
    const { deps } = await aDesk({ rules });
    const { finding: _, ...alone } = aRemediation({ playbook: 'close-nothing' });
    expect(await askFor(deps, alone, aPlan())).toMatchObject({
      kind: 'people',
      rule: { approvals: 2, separate: true },
      because: expect.stringContaining('a rule that forbids this may be meant for it'),
    });
  });
});

describe('too much at once', () => {
  const own: Text = { rules: [{ run: 'ask', when: {} }], caps: { targetsPerRequest: 2 } };

  it('needs other eyes than the requester’s, whatever the rule and the approval say', async () => {
    const alone = { ...policyText.approval.default, separate: false };
    const { ask } = await aDesk({ ...own, approval: { default: alone } });
    expect(await ask({ steps: steps(2) })).toMatchObject({ rule: { separate: false } });
    expect(await ask({ steps: steps(3) })).toMatchObject({
      kind: 'people',
      rule: { separate: true, from: 'approver' },
      because: 'This makes 3 changes at once; more than 2 need other eyes.',
    });
  });

  it('is no news where others decide anyway', async () => {
    const { ask } = await aDesk({ caps: { targetsPerRequest: 2 } });
    expect(await ask({ steps: steps(3) })).not.toHaveProperty('because');
  });
});

describe('a rule that runs by itself', () => {
  it('asks nobody, as long as nothing is odd', async () => {
    const { ask } = await aDesk(automatic);
    expect(await ask()).toMatchObject({ kind: 'automatic', rule: { approvals: 1 } });
  });

  it.each<[string, Partial<Plan>, Text, string]>([
    ['a warning', { warnings: ['in use'] }, {}, 'The plan has warnings.'],
    [
      'no way back',
      { reversible: { not: 'the key is gone.' } },
      {},
      'It cannot be undone: the key',
    ],
    [
      'too many changes',
      { steps: steps(4) },
      { caps: { targetsPerRequest: 3 } },
      '4 changes at once',
    ],
    [
      'a closed window',
      {},
      {
        windows: { nights: { zone: 'UTC', from: '22:00', to: '04:00' } },
        rules: [{ run: 'automatic', when: {}, window: 'nights' }],
      },
      'The window “nights” is closed until 2026-03-01T22:00:00.000Z.',
    ],
    ['a cap of none', {}, { caps: { automaticPerHour: 0 } }, 'at most 0 may'],
  ])('asks people, and says why, at %s', async (_, plan, more, because) => {
    const { ask } = await aDesk({ ...automatic, ...more });
    expect(await ask(plan)).toMatchObject({
      kind: 'people',
      because: expect.stringContaining(because),
    });
  });

  it('runs in its window', async () => {
    const desk = await aDesk({
      windows: { nights: { zone: 'UTC', from: '22:00', to: '04:00' } },
      rules: [{ run: 'automatic', when: {}, window: 'nights' }],
    });
    desk.clock.pass(11 * hour);
    expect((await desk.ask()).kind).toBe('automatic');
  });
});

describe('the hourly cap', () => {
  const capped = { ...automatic, caps: { automaticPerHour: 3 } };
  const kinds = async (desk: Awaited<ReturnType<typeof aDesk>>, count: number) => {
    const all = [];
    for (let n = 0; n < count; n += 1) all.push((await desk.ask()).kind);
    return all;
  };

  it('lets so many run, and asks people for the next', async () => {
    const desk = await aDesk(capped);
    expect(await kinds(desk, 5)).toEqual([
      'automatic',
      'automatic',
      'automatic',
      'people',
      'people',
    ]);
    expect(await desk.ask()).toMatchObject({
      because: '3 runs without a person within an hour; at most 3 may.',
    });
  });

  it('gives places to what runs only: those who asked people took none', async () => {
    const desk = await aDesk(capped);
    await desk.ask({ warnings: ['odd'] });
    expect(await kinds(desk, 4)).toEqual(['automatic', 'automatic', 'automatic', 'people']);
    await kinds(desk, 10);
    desk.clock.pass(hour);
    expect(await kinds(desk, 4)).toEqual(['automatic', 'automatic', 'automatic', 'people']);
  });

  it('gives the same answer to the same run that died on the way', async () => {
    const desk = await aDesk(capped);
    await kinds(desk, 2);
    const third = aRemediation({ requestedAt: desk.clock.now().toISOString() });
    expect((await askFor(desk.deps, third, aPlan())).kind).toBe('automatic');
    expect((await askFor(desk.deps, third, aPlan())).kind).toBe('automatic');
  });

  it('is never exceeded within any hour, in whatever order they come', async () => {
    const desk = await aDesk(capped);
    const minutes = [50, 10, 70, 0, 30, 90, 20, 61, 5, 45, 80, 15];
    const ran: number[] = [];
    for (const each of minutes) {
      const requestedAt = new Date(desk.clock.now().getTime() + each * 60_000).toISOString();
      if ((await desk.ask({}, { requestedAt })).kind === 'automatic') ran.push(each);
    }
    for (const from of ran)
      expect(ran.filter((each) => each >= from && each < from + 60).length).toBeLessThanOrEqual(3);
    expect(ran.length).toBeGreaterThan(2);
  });
});
