import { fillRaw } from '../../sandbox/estate';
import { asAccount } from '../../sandbox/stack';
import { bucketOf } from '../journeys/gate-road';
import { security } from '../journeys/road';
import { openStage, type Stage } from './stage';

/** The data gate as people see it: a run, what is held, and a decision. */
describe('the data gate in the browser', () => {
  let stage: Stage;

  const send = () => stage.page.getByTestId('modal-submit').click();
  const card = () => stage.card('Data gate:');
  const button = (name: string) => card().getByText(name, { exact: true });
  const toGate = async (user: string) => {
    await stage.be(user);
    await stage.page.getByTestId('channel-C0GATE').click();
    await stage.page.getByPlaceholder('Message #data-gate').waitFor();
  };

  beforeAll(async () => {
    stage = await openStage();
    const { world } = stage;
    await fillRaw(asAccount(world.edge.url, security), bucketOf(world, 'Raw'));
  }, 420_000);

  afterAll(() => stage?.close(), 60_000);

  it('a run ends with what is held, and why', async () => {
    await toGate('U0RITA');
    await stage.say('/gate run');
    await button('Approve all…').waitFor();
    await stage.picture(card(), 'gate-review');
  }, 600_000);

  it('shows each held object with what was found in it', async () => {
    await toGate('U0ALEX');
    await stage.openBy(button('Choose…'), 'payments/2026/11/export.csv');
    await stage.picture(stage.modal, 'gate-choose');
    await stage.page.getByTestId('modal-close').click();
    await stage.modal.waitFor({ state: 'hidden' });
  });

  it('says what a yes releases, and tells when it is done', async () => {
    await stage.openBy(button('Approve all…'), 'Why may they enter?');
    await stage.picture(stage.modal, 'gate-approve');
    await stage.modal.locator('textarea').first().fill('the lake has a card scope of its own');
    await send();
    await button('Run again').waitFor();
    await stage.picture(stage.page, 'gate-done');
  }, 600_000);
});
