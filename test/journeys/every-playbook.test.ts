import type { World } from '../../sandbox/world';
import { playbooks } from '../../src/playbooks';
import { remediesOf, type Remedy } from './remedies';
import { buttonsOf, fillIn, openWorld, press, until, untilState } from './road';
import { changed, standing } from './standing';
import type { Standing } from './standing-parts';

/** Each playbook for one thing of the seeded estate, as people use it; AWS itself says what stood before, then and after. */
describe('every playbook, from Slack', () => {
  let world: World;
  let before: Standing;
  let remedies: Readonly<Record<string, Remedy>>;

  const driver = () => world.slack.driver;
  const inHub = ({ control, of }: Remedy) =>
    world.hub
      .findings()
      .find(
        ({ Compliance, Resources = [] }) =>
          Compliance?.SecurityControlId === control &&
          Resources.some(({ Id = '' }) => Id.split(/[/:]/).at(-1) === of),
      );
  const untilHub = async (remedy: Remedy, status: string) =>
    remedy.control &&
    until(`${remedy.control} ${status}`, async () => inHub(remedy)?.Workflow?.Status === status);

  /** The message that offers it, the card or the answer to the command, and its button. */
  const offerOf = (playbook: string, { by, of, where }: Remedy) =>
    until(`an offer of ${playbook}`, async () => {
      const messages =
        by === 'card' ? await driver().messages(where) : await driver().ephemerals('U0RITA', where);
      const buttons = messages.flatMap((message) =>
        buttonsOf(message).map((button) => ({ ts: message.ts, ...button })),
      );
      return buttons.find(
        ({ value = '' }) => value.includes(`"${playbook}"`) && value.includes(`"${of}"`),
      );
    });

  beforeAll(async () => {
    world = await openWorld();
    remedies = remediesOf(world.estate!);
    before = await standing(world);
  }, 420_000);

  afterAll(() => world?.close(), 30_000);

  // What a command or another playbook asks for has a journey of its own, and resolves no finding.
  it.each(
    playbooks.filter(({ command, answers }) => !command && answers.length > 0).map(({ id }) => id),
  )(
    '%s: planned, approved, done, nothing else touched, RESOLVED, and undone exactly',
    async (id) => {
      const remedy = remedies[id]!;
      const { where, by, of } = remedy;
      if (by === '/remediate')
        await driver().command({ user: 'U0RITA', channel: where, text: `/remediate ${of}` });
      const { ts: offer, action_id: actionId } = await offerOf(id, remedy);
      await driver().click({ user: 'U0RITA', channel: where, ts: offer, actionId });
      await fillIn(driver(), 'U0RITA', `nobody needs it: ${id}`);
      const { ts } = await until('the card that asks for approval', async () =>
        (await driver().messages(where)).find((each) =>
          JSON.stringify(each.blocks).includes(`nobody needs it: ${id}`),
        ),
      );
      await untilState(driver(), ts, 'awaiting approval', where);
      expect(changed(before, await standing(world))).toEqual({});

      await press(driver(), 'U0ALEX', ts, 'remediation.approve', where);
      await untilState(driver(), ts, 'done', where);
      expect(changed(before, await standing(world))).toEqual(remedy.becomes);
      await untilHub(remedy, 'RESOLVED');

      await press(driver(), 'U0ALEX', ts, 'remediation.undo', where);
      await fillIn(driver(), 'U0ALEX', 'it was needed after all');
      await untilState(driver(), ts, 'undone', where);
      expect(changed(before, await standing(world))).toEqual({});
      await untilHub(remedy, 'NOTIFIED');
    },
    600_000,
  );

  it('acted in the account and the Region of what the finding names, and nowhere else', () => {
    const changes = world.edge.calls({ action: 'ModifyInstanceMetadataOptions' });
    expect(changes.length).toBeGreaterThan(0);
    for (const { region, account } of changes)
      expect([account, region]).toEqual(['444455556666', 'eu-west-1']);
  });

  it('cost no call that AWS refused', () => {
    const refused = world.edge
      .calls()
      .filter(({ error, function: by }) => by && /AccessDenied|Unauthorized/.test(error ?? ''));
    expect(refused).toEqual([]);
  });
});
