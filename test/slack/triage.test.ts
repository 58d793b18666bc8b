import { encodeClick, encodeForm, type Click } from '../../blocks/intent';
import { words } from '../blocks/support/reading';
import { findingKey } from '../support/builders';
import { aDoorway, type Doorway } from './support/doorway';
import { filledIn, pressed, request } from './support/requests';
import { startSlack, type FakeSlack } from './support/slack';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

type Who = Parameters<typeof pressed>[2];
type Kind = Extract<Click['kind'], `finding.${'acknowledge' | 'assign' | 'suppress' | 'lift'}`>;
const press = (door: Doorway, kind: Kind, who?: Who) =>
  door.send(request(pressed(slack.url, encodeClick({ kind, finding: findingKey }), who)));
const place = { finding: findingKey, channel: 'C0ALERTS' };
const assigning = encodeForm({ kind: 'finding.assign', ...place });
const suppressing = encodeForm({ kind: 'finding.suppress', ...place });
const submit = (
  door: Doorway,
  view: Parameters<typeof filledIn>[0],
  values: Parameters<typeof filledIn>[1],
  who?: Who,
) => door.send(request(filledIn(view, values, who)));
const reason = (value: string | null) => ({ text: { type: 'plain_text_input', value } });
const days = (value: string) => ({
  count: { type: 'static_select', selected_option: { value, text: { type: 'plain_text' } } },
});
const person = (selected_user: string | null) => ({
  user: { type: 'users_select', selected_user },
});
const record = async (door: Doorway) => door.held.finding(door.finding.key);

describe('Acknowledge', () => {
  it('says nothing more than the card says', async () => {
    const door = await aDoorway(slack);
    expect(await press(door, 'finding.acknowledge', { user: 'U0ANN' })).toMatchObject({
      status: 200,
      text: '',
    });
    expect((await record(door))?.acknowledged).toMatchObject({ by: 'U0ANN' });
    expect(slack.asked('respond')).toEqual([]);
  });

  it('tells the second who was first', async () => {
    const door = await aDoorway(slack);
    await press(door, 'finding.acknowledge', { user: 'U0ANN' });
    await press(door, 'finding.acknowledge');
    expect(door.told()).toContain('✋ ANN already acknowledged it');
  });

  it('is for nobody without a role, and the answer says who may', async () => {
    const door = await aDoorway(slack);
    await press(door, 'finding.acknowledge', { user: 'U0NILS' });
    expect(door.told()).toContain('Only responders and approvers may acknowledge a finding.');
    expect(door.told()).toContain('These are responders');
    expect((await record(door))?.acknowledged).toBeUndefined();
  });
});

describe('Assign', () => {
  it('opens the form, and what is chosen stands with the finding', async () => {
    const door = await aDoorway(slack);
    await press(door, 'finding.assign');
    expect(words(slack.asked('views.open'))).toContain('Who sees to it?');

    const answer = await submit(door, assigning, { assignee: person('U0ANN') });

    expect(answer.body).toEqual({ response_action: 'clear' });
    expect((await record(door))?.assignee).toMatchObject({ id: 'U0ANN' });
  });

  it('asks again where nobody is chosen', async () => {
    const door = await aDoorway(slack);
    const answer = await submit(door, assigning, { assignee: person(null) });
    expect(answer.body).toMatchObject({
      response_action: 'errors',
      errors: { assignee: expect.any(String) },
    });
  });

  it('says in the form why somebody cannot see to it', async () => {
    const door = await aDoorway(slack);
    const answer = await submit(door, assigning, { assignee: person('U0NILS') });
    expect(answer.words).toContain('✋ NILS is neither responder nor approver.');
    expect((await record(door))?.assignee).toBeUndefined();
  });

  it('opens no form for who may not assign', async () => {
    const door = await aDoorway(slack);
    await press(door, 'finding.assign', { user: 'U0NILS' });
    expect(slack.asked('views.open')).toEqual([]);
    expect(door.told()).toContain('Only responders and approvers may assign a finding.');
  });
});

describe('Suppress', () => {
  it('opens a form that says what it does, and takes reason and time', async () => {
    const door = await aDoorway(slack);
    await press(door, 'finding.suppress');
    expect(words(slack.asked('views.open'))).toContain('set to SUPPRESSED in Security Hub');

    const values = { days: days('30'), reason: reason(' a test system ') };
    const answer = await submit(door, suppressing, values);

    expect(answer.body).toEqual({ response_action: 'clear' });
    expect(await record(door)).toMatchObject({
      exception: {
        by: { id: 'U0RITA' },
        reason: 'a test system',
        until: '2026-03-31T12:00:00.000Z',
      },
    });
    expect(door.source.written).toEqual([]);
  });

  it('is refused when the form comes, too: it may be forged, or the role may be gone', async () => {
    const door = await aDoorway(slack);
    const values = { days: days('30'), reason: reason('a test system') };
    const answer = await submit(door, suppressing, values, { user: 'U0ANN' });
    expect(answer.words).toContain('✋ Only responders may suppress a finding.');
    expect((await record(door))?.exception).toBeUndefined();
  });

  it.each([
    [{ days: days('30'), reason: reason('  ') }, 'errors'],
    [{ days: days('30'), reason: reason(null) }, 'errors'],
    [{ days: days('9999'), reason: reason('for ever') }, 'update'],
    [{ reason: reason('for ever') }, 'update'],
    [{}, 'errors'],
  ])('takes nothing else: %j', async (values, response_action) => {
    const door = await aDoorway(slack);
    const answer = await submit(door, suppressing, values);
    expect(answer.body).toMatchObject({ response_action });
    expect((await record(door))?.exception).toBeUndefined();
  });

  it('says so where it is suppressed already', async () => {
    const door = await aDoorway(slack);
    await submit(door, suppressing, { days: days('1'), reason: reason('a test system') });
    await press(door, 'finding.suppress', { user: 'U0BO' });
    expect(door.told()).toContain('suppressed by RITA until 2026-03-02T12:00:00.000Z already');
    expect(slack.asked('views.open')).toEqual([]);
  });

  it('is ended early by one press', async () => {
    const door = await aDoorway(slack);
    await submit(door, suppressing, { days: days('1'), reason: reason('a test system') });
    await press(door, 'finding.lift', { user: 'U0BO' });
    expect(slack.asked('respond')).toEqual([]);
    expect((await record(door))?.exception).toBeUndefined();
    await press(door, 'finding.lift', { user: 'U0BO' });
    expect(door.told()).toContain('There is no exception to end.');
  });
});
