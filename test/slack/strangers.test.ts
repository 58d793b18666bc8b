import { encodeClick, encodeForm } from '../../blocks/intent';
import { words } from '../blocks/support/reading';
import { aProposal, aRemediation, findingKey, remediationId } from '../support/builders';
import { aDoorway } from './support/doorway';
import { commanded, pressed, request, submitted } from './support/requests';
import { startSlack, type FakeSlack } from './support/slack';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

const { hash } = aProposal();
const approve = encodeClick({ kind: 'remediation.approve', id: remediationId, hash });
const denial = { id: remediationId, hash, channel: 'C0ALERTS' };

const standing = async () => {
  const door = await aDoorway(slack);
  const remediation = aRemediation({
    proposal: aProposal(),
    status: { state: 'awaiting approval' },
  });
  await door.held.commit({ remediation, events: [] });
  door.held.held.due.set(remediationId, '2026-03-01T16:00:00.000Z');
  return door;
};
const asAnn = { user: 'U0ANN' };
const others = [
  ['a guest', { is_restricted: true }],
  ['a guest in one channel', { is_ultra_restricted: true }],
  ['a bot', { is_bot: true }],
  ['a deactivated account', { deleted: true }],
  ['somebody from nowhere we know', { is_stranger: true }],
  ['somebody of another workspace who shares a channel', { team_id: 'T0PARTNER' }],
] as const;

describe.each(others)('%s, though on the list of approvers', (_, flags) => {
  it('approves nothing', async () => {
    slack.someone(flags);
    const door = await standing();
    await door.send(request(pressed(slack.url, approve, asAnn)));
    expect(door.told()).toMatch(/You are .* here, and only members may act/);
    expect((await door.stored(remediationId)).status.state).toBe('awaiting approval');
  });

  it('denies nothing', async () => {
    slack.someone(flags);
    const door = await standing();
    const view = encodeForm({ kind: 'remediation.deny', ...denial });
    const answer = await door.send(request(submitted(view, 'because', asAnn)));
    expect(answer.words).toContain('only members may act');
    expect((await door.stored(remediationId)).status.state).toBe('awaiting approval');
  });

  it('is not told what waits', async () => {
    slack.someone(flags);
    const door = await standing();
    for (const each of ['status', 'approvals', 'findings', 'audit sg-0a1b2c3d', 'exceptions'])
      await door.send(request(commanded(slack.url, each, asAnn)));
    await door.serve();
    expect(slack.asked('respond')).toHaveLength(5);
    for (const answer of slack.asked('respond')) {
      expect(words(answer)).toContain('only members may act');
      expect(words(answer)).not.toContain('sg-0a1b2c3d');
    }
  });
});

describe.each([
  ['from another workspace', { team: 'T0PARTNER' }, 'comes from another Slack workspace', {}],
  ['in a channel that is not ours', { channel: 'C0RANDOM' }, 'not set up for this channel', {}],
  ['in a direct message', { channel: 'D0ANN' }, 'not set up for this channel', {}],
  ['in no channel at all', { channel: '' }, 'not set up for this channel', {}],
  ['in a channel shared with others', {}, 'shared with another org', { is_ext_shared: true }],
  ['where sharing was offered', {}, 'shared with another org', { is_pending_ext_shared: true }],
  ['in a channel of the whole organisation', {}, 'shared with another', { is_org_shared: true }],
])('%s', (_, where, because, channel) => {
  it('a click does nothing and hears why', async () => {
    slack.answer('conversations.info', () => ({ ok: true, channel: { id: 'C', ...channel } }));
    const door = await standing();
    await door.send(request(pressed(slack.url, approve, { ...asAnn, ...where })));
    expect(door.told()).toContain(because);
    expect((await door.stored(remediationId)).status.state).toBe('awaiting approval');
  });

  it('a command is not told what waits', async () => {
    slack.answer('conversations.info', () => ({ ok: true, channel: { id: 'C', ...channel } }));
    const door = await standing();
    await door.send(request(commanded(slack.url, 'status', { ...asAnn, ...where })));
    await door.serve();
    expect(door.told()).toContain(because);
    expect(door.told()).not.toContain('sg-0a1b2c3d');
  });
});

describe('an error is never a yes', () => {
  it.each([
    ['users.info', { ok: false, error: 'user_not_found' }],
    ['users.info', { ok: true }],
    ['usergroups.users.list', { ok: false, error: 'no_such_subteam' }],
    ['usergroups.users.list', { ok: true }],
    ['conversations.info', { ok: false, error: 'channel_not_found' }],
    ['conversations.info', { ok: true }],
    ['users.info', { ok: false, httpStatus: 503 }],
    ['usergroups.users.list', { ok: false, retryAfter: 30 }],
  ])('%s answers %j: words, and nothing is approved', async (method, answer) => {
    slack.answer(method, () => answer);
    const door = await standing();
    const { status } = await door.send(request(pressed(slack.url, approve, asAnn)));
    expect(status).toBe(200);
    expect(door.told()).not.toBe('');
    expect((await door.stored(remediationId)).status.state).toBe('awaiting approval');
    expect((await door.stored(remediationId)).proposal?.decisions).toEqual([]);
  });
});

describe('a button that is not of this card', () => {
  const value = JSON.stringify({ id: remediationId, hash });
  it.each([
    ['another app’s id', { action_id: 'approve', value }],
    ['an older version', { action_id: 'v0:remediation.approve:0', value }],
    ['a key of every object', { action_id: 'v1:__proto__:0', value }],
    ['a function of every object', { action_id: 'v1:constructor:0', value }],
    ['no value', { action_id: approve.action_id }],
    ['no JSON', { action_id: approve.action_id, value: 'yes' }],
    ['10 kB', { action_id: approve.action_id, value: 'x'.repeat(10_000) }],
    ['a list', { action_id: approve.action_id, value: '[]' }],
  ])('with %s gets words and does nothing', async (_, button) => {
    const door = await standing();
    const { status } = await door.send(request(pressed(slack.url, button, asAnn)));
    expect(status).toBe(200);
    expect(door.told()).toContain('from an older message or another app');
    expect((await door.stored(remediationId)).status.state).toBe('awaiting approval');
  });

  it.each([
    ['another remediation', { id: 'rem-99999999999999999999', hash }],
    ['another plan', { id: remediationId, hash: 'f'.repeat(64) }],
    ['a person of its own', { id: remediationId, hash: 'f'.repeat(64), user: 'U0ANN' }],
  ])('whose value was forged to name %s is refused', async (_, value) => {
    const door = await standing();
    const button = { action_id: approve.action_id, value: JSON.stringify(value) };
    await door.send(request(pressed(slack.url, button, asAnn)));
    expect(door.told()).toMatch(/There is no plan|The plan has changed/);
    expect((await door.stored(remediationId)).status.state).toBe('awaiting approval');
  });

  it('for a finding that there is not is refused', async () => {
    const door = await standing();
    const ask = { playbook: 'close-ec2-admin-ports', target: 'sg-0a1b2c3d' };
    const forged = { kind: 'remediation.preview', finding: findingKey, ...ask } as const;
    const gone = encodeClick({ ...forged, target: 'sg-ffffffff' });
    await door.send(request(pressed(slack.url, gone)));
    expect(door.told()).toContain('This finding is closed');
    expect(door.held.held.previews.size).toBe(0);
  });

  it('that is a link only is acknowledged', async () => {
    const door = await standing();
    const link = { action_id: 'open', url: 'https://docs.example' };
    const answer = await door.send(request(pressed(slack.url, link)));
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(slack.calls).toEqual([]);
  });
});

it('a form of another app gets words in its modal and does nothing', async () => {
  const door = await standing();
  const view = { callback_id: 'deny', private_metadata: JSON.stringify(denial) };
  const answer = await door.send(request(submitted(view, 'because', asAnn)));
  expect(answer.body).toMatchObject({ response_action: 'update' });
  expect(answer.words).toContain('from an older message or another app');
  expect((await door.stored(remediationId)).status.state).toBe('awaiting approval');
});
