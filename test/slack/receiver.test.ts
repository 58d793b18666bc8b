import { encodeClick } from '../../blocks/intent';
import { aProposal, remediationId } from '../support/builders';
import { aDoorway } from './support/doorway';
import { commanded, eventOf, json, pressed, request, submitted } from './support/requests';
import { startSlack, type FakeSlack } from './support/slack';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterEach(() => jest.restoreAllMocks());
afterAll(() => slack.close());

const approve = encodeClick({
  kind: 'remediation.approve',
  id: remediationId,
  hash: aProposal().hash,
});
/** A store whose every call fails, as when the table cannot be reached. */
const broken = (because: unknown) => ({
  store: new Proxy({}, { get: () => () => Promise.reject(because) }),
});

describe('what Bolt would answer with a failure', () => {
  it.each(['destroy everything', 'hlep', '__proto__', 'x'.repeat(10_000)])(
    'an unknown command %.20s gets words',
    async (text) => {
      const door = await aDoorway(slack);
      const answer = await door.send(request(commanded(slack.url, text)));
      expect(answer).toMatchObject({ status: 200, text: '' });
      await door.serve();
      expect(door.told()).toContain('Try /drawbridge help');
    },
  );

  it('an unknown slash command gets words too', async () => {
    const door = await aDoorway(slack);
    const other = commanded(slack.url, 'help', {}, { command: '/quarantine' });
    await door.send(request(other));
    await door.serve();
    expect(door.told()).toContain('/drawbridge help');
  });

  it('an unknown button gets words', async () => {
    const door = await aDoorway(slack);
    const answer = await door.send(request(pressed(slack.url, { action_id: 'no such thing' })));
    expect(answer.status).toBe(200);
    expect(door.told()).toContain('Use the newest card');
  });

  it('an unknown form gets words', async () => {
    const door = await aDoorway(slack);
    const view = { callback_id: 'no such thing', private_metadata: '' };
    const answer = await door.send(request(submitted(view, 'why')));
    expect(answer.status).toBe(200);
    expect(answer.words).toContain('Use the newest card');
  });

  it('an unknown event is taken and forgotten', async () => {
    const door = await aDoorway(slack);
    const event = eventOf({ type: 'reaction_added', user: 'U0RITA' });
    expect((await door.send(request(event, { type: json }))).status).toBe(200);
  });

  it('one press reaches one listener, so nothing is acknowledged twice', async () => {
    const door = await aDoorway(slack);
    for (const action_id of ['v1:remediation.approve:0', 'v1:remediation.deny:0', ''])
      expect((await door.send(request(pressed(slack.url, { action_id })))).status).toBe(200);
    expect(slack.asked('respond')).toHaveLength(3);
  });
});

describe('a listener that fails', () => {
  it('after it acknowledged a press answers 200 and words with a reference', async () => {
    const door = await aDoorway(slack, { deps: broken(new Error('table down')) });
    const answer = await door.send(request(pressed(slack.url, approve, { user: 'U0ANN' })));
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(door.told()).toContain('Something went wrong and nothing was changed. Reference ref-1');
    expect(door.told()).not.toContain('table down');
    expect(door.logged).toMatchObject([
      { message: 'listener failed', more: { reference: 'ref-1' } },
    ]);
  });

  it('before it acknowledged a form answers with words in the modal', async () => {
    const door = await aDoorway(slack, { deps: broken('not even an error') });
    const view = {
      callback_id: 'v1:remediation.undo',
      private_metadata: JSON.stringify({
        id: remediationId,
        channel: 'C0ALERTS',
        seen: aProposal().hash,
      }),
    };
    const answer = await door.send(request(submitted(view, 'because')));
    expect(answer.body).toMatchObject({ response_action: 'update' });
    expect(answer.words).toContain('Reference ref-1 finds it in the log');
  });

  it('before it acknowledged a command answers with words', async () => {
    const door = await aDoorway(slack, { deps: broken(new Error('table down')) });
    const answer = await door.send(request(commanded(slack.url, 'status')));
    expect(answer.status).toBe(200);
    expect(answer.body['response_type']).toBe('ephemeral');
    expect(answer.words).toContain('Reference ref-1 finds it in the log');
  });

  it('on an event answers 500, so that Slack sends it again', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => {});
    const door = await aDoorway(slack, { deps: broken(new Error('table down')) });
    const event = eventOf({ type: 'app_home_opened', user: 'U0RITA', channel: 'D0', tab: 'home' });
    expect((await door.send(request(event, { type: json }))).status).toBe(500);
  });

  it('and cannot even say so answers 500, so that Slack shows the person a failure', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => {});
    slack.answer('respond', () => ({ ok: false, httpStatus: 500 }));
    const door = await aDoorway(slack);
    expect((await door.send(request(pressed(slack.url, { action_id: 'x' })))).status).toBe(500);
  });
});

it('the door starts without asking Slack anything', async () => {
  await aDoorway(slack);
  expect(slack.calls).toEqual([]);
});

it('Slack’s check of the address is answered with its challenge', async () => {
  const door = await aDoorway(slack);
  const check = JSON.stringify({ type: 'url_verification', challenge: 'c0ffee', token: 'x' });
  const answer = await door.send(request(check, { type: json }));
  expect(answer).toMatchObject({ status: 200, body: { challenge: 'c0ffee' } });
});

it('a signed check of the certificate is answered with nothing', async () => {
  const door = await aDoorway(slack);
  const answer = await door.send(request('ssl_check=1&token=x'));
  expect(answer).toMatchObject({ status: 200, text: '' });
});
