import { askByRule } from '../../src/app/automatic';
import { takeEvent } from '../../src/app/take-event';
import { FindingKey } from '../../src/domain/ids';
import type { Reading } from '../../src/domain/finding';
import type { Policy } from '../../src/domain/policy';
import type { z } from 'zod/mini';
import { groupId } from '../blocks/support/desk';
import { aFinding, aPolicy, findingKey, hour } from '../support/builders';
import { ann, clickOf } from '../support/people';
import { memoryGroups } from '../support/memory-groups';
import { groupFor } from '../../src/app/groups';
import { undo } from '../../src/app/undo';
import { aWorld, sshOpen } from '../support/world';

type Text = Partial<z.input<typeof Policy>>;
/** That nothing uses the group is a warning of the plan. */
const automatic = {
  rules: [{ run: 'automatic', when: { severity: ['high'] }, evenWithWarnings: true }],
} satisfies Text;

const aRule = async (more: Text = {}) => {
  const world = await aWorld({ policy: aPolicy({ ...automatic, ...more }) });
  return {
    ...world,
    ask: (key = findingKey) => askByRule(world.door, key),
    only: async () => {
      const [id, ...others] = world.ids();
      if (!id || others.length > 0) throw new Error(`${world.ids().length} remediations`);
      return world.stored(id);
    },
  };
};
const reading = (finding = aFinding()): Reading => ({
  kind: 'findings',
  findings: [finding],
  rejected: [],
  via: 'import',
});

describe('a rule that runs by itself', () => {
  it('asks in Drawbridge’s name, once per finding, however often it is told (law 4)', async () => {
    const world = await aRule();
    await Promise.all([world.ask(), world.ask()]);
    await world.ask();
    expect(await world.only()).toMatchObject({
      requester: { name: 'Drawbridge' },
      reason: 'A rule of the policy runs this playbook by itself.',
      playbook: 'close-ec2-admin-ports',
      control: 'EC2.13',
      status: { state: 'preparing' },
    });
    expect((await world.only()).requester.id).toBeUndefined();
    expect((await world.trail()).filter((type) => type === 'remediation.requested')).toHaveLength(
      1,
    );
  });

  it('changes, reads back and resolves, and says on the way that a rule approved it', async () => {
    const world = await aRule();
    await world.ask();
    const { id } = await world.only();
    const passed = await world.play(id);
    expect(passed).not.toContain('Ask');
    expect(await world.only()).toMatchObject({
      status: { state: 'done' },
      proposal: { automatic: true, decisions: [] },
    });
    expect(world.rules().map(({ FromPort, ToPort }) => [FromPort, ToPort])).not.toContainEqual([
      20, 25,
    ]);
    const given = world.held.held.chains
      .get(findingKey)!
      .find(({ event }) => event.type === 'approval.given');
    expect(given?.event).toMatchObject({
      actor: { kind: 'drawbridge' },
      facts: { by: 'a rule of the policy' },
    });
    expect(world.source.written.at(-1)).toMatchObject({ workflow: 'RESOLVED' });
    expect(world.source.written.at(-1)?.note).toContain('asked by Drawbridge, approved by policy');
  });

  it('can be taken back by people, and is not tried again then', async () => {
    const world = await aRule();
    await world.ask();
    const { id } = await world.only();
    await world.play(id);
    await undo(world.door, id, clickOf(ann), 'the vendor needs it');
    await world.play(id, 'undo');
    await world.ask();
    expect((await world.only()).status.state).toBe('undone');
    expect(world.rules()).toEqual([expect.objectContaining({ FromPort: sshOpen.FromPort })]);
  });

  it.each<[string, Text, string]>([
    ['the plan warns', { rules: [{ run: 'automatic', when: {} }] }, 'The plan has warnings.'],
    ['too many ran in this hour', { caps: { automaticPerHour: 0 } }, 'at most 0 may'],
  ])('asks people where %s, with the reason, and they decide as ever', async (_, more, because) => {
    const world = await aRule(more);
    await world.ask();
    const { id } = await world.only();
    await world.play(id, 'remediate', { people: async () => void (await world.vote(id)) });
    expect(await world.only()).toMatchObject({
      status: { state: 'done' },
      proposal: { asks: expect.stringContaining(because), decisions: [{ by: ann.id }] },
    });
    expect((await world.only()).proposal).not.toHaveProperty('automatic');
  });

  it('asks the same people again where the target changed after they said yes', async () => {
    const world = await aRule({ caps: { automaticPerHour: 0 } });
    await world.ask();
    const { id } = await world.only();
    await world.play(id, 'remediate', {
      people: async () => {
        await world.vote(id);
        world.ec2.group('sg-0a1b2c3d', [sshOpen, { ...sshOpen, FromPort: 22, ToPort: 22 }]);
      },
      wait: () => world.clock.pass(hour),
    });
    expect((await world.only()).proposal?.revision).toBe(2);
    expect(world.rules()).toHaveLength(2);
  });
});

describe('no rule asks', () => {
  it.each<[string, Text]>([
    [
      'where it is meant for others',
      { rules: [{ run: 'automatic', when: { severity: ['low'] } }] },
    ],
    ['where there is none', { rules: [] }],
    [
      'where another one forbids it first',
      { rules: [{ run: 'never', when: {}, because: 'no' }, ...automatic.rules] },
    ],
  ])('%s', async (_, more) => {
    const world = await aRule(more);
    await world.ask();
    expect(world.ids()).toEqual([]);
  });

  it('for a finding that is not known, excepted, or over', async () => {
    const world = await aRule();
    await world.ask(FindingKey.parse('f'.repeat(32)));
    const record = world.held.held.findings.get(findingKey)!;
    const exception = { reason: 'r', until: '2027-01-01T00:00:00.000Z' };
    world.held.held.findings.set(findingKey, { ...record, exception });
    await world.ask();
    const finding = { ...record.finding, workflow: 'resolved' } as const;
    world.held.held.findings.set(findingKey, { ...record, finding });
    await world.ask();
    expect(world.ids()).toEqual([]);
  });

  it('beside a person who asked already', async () => {
    const world = await aRule();
    const { id } = await world.request();
    await world.ask();
    expect((await world.only()).id).toBe(id);
  });

  it('after people had it remediated, and took that back', async () => {
    const world = await aRule();
    const { id } = await world.request();
    await world.play(id);
    await undo(world.door, id, clickOf(ann), 'the vendor needs it');
    await world.play(id, 'undo');
    await world.ask();
    expect(await world.only()).toMatchObject({ id, status: { state: 'undone' } });
  });

  it('for a target on which something runs for another finding (law 5)', async () => {
    const world = await aRule();
    const key = FindingKey.parse('e'.repeat(32));
    await takeEvent(world.door, reading(aFinding({ key, id: 'twin' })), '{}', 'message');
    const { id } = await world.only();
    await world.ask();
    expect((await world.only()).id).toBe(id);
  });

  it('in a storm: a rule would fill the channel with what its caps then ask', async () => {
    const world = await aRule();
    const record = world.held.held.findings.get(findingKey)!;
    world.held.held.findings.set(findingKey, { ...record, group: { id: groupId, shown: 'soon' } });
    await world.ask();
    expect(world.ids()).toEqual([]);
  });
});

describe('an event', () => {
  it('has its findings asked for by rule, and again when a delivery died in between', async () => {
    const world = await aRule();
    const commit = world.held.commit.bind(world.held);
    const key = FindingKey.parse('d'.repeat(32));
    const other = reading(
      aFinding({ key, id: 'other', resources: [{ kind: 'AwsEc2SecurityGroup', id: 'sg-1' }] }),
    );
    world.held.commit = (change) =>
      change.remediation ? Promise.reject(new Error('table down')) : commit(change);
    await expect(takeEvent(world.door, other, '{"id":"e"}', 'm')).rejects.toThrow('table down');
    world.held.commit = commit;
    expect(await takeEvent(world.door, other, '{"id":"e"}', 'm')).toMatchObject({
      outcomes: ['known'],
    });
    expect(await world.only()).toMatchObject({ finding: key, target: { id: 'sg-1' } });
  });

  it('of a digest runs by rule, and what runs has a card of its own', async () => {
    const policy = aPolicy({ ...automatic, routing: [{ to: 'C0ALERTS', show: 'digest' }] });
    const world = await aWorld({ policy });
    const needs = { groups: memoryGroups(), policy, now: world.clock.now };
    const door = { ...world.door, groupOf: groupFor.bind(undefined, needs) };
    const key = FindingKey.parse('c'.repeat(32));
    const resources = [{ kind: 'AwsEc2SecurityGroup', id: 'sg-2' }];
    await takeEvent(door, reading(aFinding({ key, id: 'x', resources })), '{}', 'm');
    expect(world.ids()).toHaveLength(1);
    expect((await world.held.finding(key))?.group).toBeUndefined();
  });
});
