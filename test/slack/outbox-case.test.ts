import { CaseId } from '../../src/domain/ids';
import { deliver } from '../../src/slack/outbox';
import { words } from '../blocks/support/reading';
import { anIsolation } from '../support/isolated-world';
import { anOutbox, modelOfSlack } from './support/outbox';

const isolated = async () => {
  const { deps } = await anOutbox();
  const world = await anIsolation();
  const slack = modelOfSlack();
  const outbox = { ...deps, ...world.door, operationOf: world.deps.operationOf, chat: slack.chat };
  const tell = async (of: string) => {
    const id = CaseId.parse(of);
    const { length } = await world.held.trail(id);
    await deliver(outbox, { kind: 'entry', case: id, seq: length });
  };
  const shown = () => words(slack.roots('C0ALERTS')[0]?.content.blocks);
  return { world, slack, outbox, tell, shown };
};

describe('the card of a case without a finding', () => {
  it('stands in the channel of the command, follows each state, and its thread tells all of it', async () => {
    const { world, slack, tell, shown } = await isolated();
    const { id } = await world.isolate();
    await tell(id);
    expect(shown()).toContain('⏳ Isolate an EC2 instance: i-0a1b2c3d');
    expect(shown()).toContain('Looking at the target');

    await world.run(id, 'remediate', {
      people: async () => {
        await tell(id);
        expect(shown()).toContain('What will change on i-0a1b2c3d');
        await world.vote(id);
      },
    });
    await tell(id);
    expect(shown()).toContain('✅ Done and read back');
    expect(shown()).toContain('15 of 15 steps done');
    await world.release(id);
    await tell(id);

    expect(shown()).toContain('Undone and read back');
    expect(slack.roots('C0ALERTS')).toHaveLength(1);
    const links = (await world.held.trail(CaseId.parse(id))).map(({ seq }) => seq);
    expect(slack.told()).toEqual(links);
  });

  it('is shown nowhere where nobody asked', async () => {
    const { slack, outbox } = await isolated();

    await deliver(outbox, { kind: 'card', case: CaseId.parse('rem-unknown000'), mark: '1' });

    expect(slack.posts()).toBe(0);
  });

  it('twice, late or doubled ends in the same Slack (law 4)', async () => {
    const { world, slack, tell } = await isolated();
    const { id } = await world.through();
    await tell(id);
    const told = slack.told();
    const { posts } = slack;
    const before = posts();

    await tell(id);

    expect([slack.told(), posts()]).toEqual([told, before]);
  });
});
