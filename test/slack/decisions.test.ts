import { encodeClick, encodeForm } from '../../blocks/intent';
import type { Status } from '../../src/domain/remediation';
import { words } from '../blocks/support/reading';
import { aPolicy, aProposal, aRemediation, remediationId } from '../support/builders';
import { aDoorway, type Doorway } from './support/doorway';
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
const deny = encodeClick({ kind: 'remediation.deny', id: remediationId, hash });
const undo = encodeClick({ kind: 'remediation.undo', id: remediationId });
const denial = encodeForm({
  kind: 'remediation.deny',
  id: remediationId,
  hash,
  channel: 'C0ALERTS',
});
const taking = encodeForm({
  kind: 'remediation.undo',
  id: remediationId,
  channel: 'C0ALERTS',
  seen: hash,
});

type Who = Parameters<typeof pressed>[2];
const press = (door: Doorway, button: Parameters<typeof pressed>[1], who?: Who) =>
  door.send(request(pressed(slack.url, button, who)));
const submit = (door: Doorway, view: Parameters<typeof submitted>[0], reason: string, who?: Who) =>
  door.send(request(submitted(view, reason, who)));

/** A remediation that Rita asked for, in some state. */
const standing = async (
  status: Status = { state: 'awaiting approval' },
  how?: Parameters<typeof aDoorway>[1],
) => {
  const door = await aDoorway(slack, how);
  const remediation = aRemediation({ proposal: aProposal(), status });
  await door.held.commit({ remediation, events: [] });
  return door;
};
const stateOf = async (door: Doorway) => (await door.stored(remediationId)).status.state;
const undoUntil = '2026-03-03T12:00:00.000Z';
const done: Status = { state: 'done', at: '2026-03-01T12:00:00.000Z', undoUntil };

describe('Approve', () => {
  it('by another approver is stored, and the card says the rest', async () => {
    const door = await standing();
    const answer = await press(door, approve, { user: 'U0ANN' });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(await stateOf(door)).toBe('approved');
    expect(slack.asked('respond')).toEqual([]);
  });

  it('by the requester is refused with words, and audited', async () => {
    const door = await standing();
    slack.answer('usergroups.users.list', () => ({ ok: true, users: ['U0RITA'] }));
    await press(door, approve, { user: 'U0RITA' });
    expect(door.told()).toContain('You asked for this, so another person has to decide it.');
    expect(await stateOf(door)).toBe('awaiting approval');
    expect(await door.trail()).toContain('approval.refused');
  });

  it('twice says who was first', async () => {
    const door = await standing();
    await press(door, approve, { user: 'U0ANN' });
    await press(door, approve, { user: 'U0ABE' });
    expect(door.told()).toContain('ANN already approved this at');
  });

  it('is refused to who is no approver, and says who is', async () => {
    const door = await standing();
    await press(door, approve, { user: 'U0NILS' });
    expect(door.told()).toContain('Only approvers may decide this. These are approvers:');
    expect(await stateOf(door)).toBe('awaiting approval');
  });

  it('is refused for a plan that is not the one shown', async () => {
    const door = await standing();
    const other = encodeClick({
      kind: 'remediation.approve',
      id: remediationId,
      hash: 'f'.repeat(64),
    });
    await press(door, other, { user: 'U0ANN' });
    expect(door.told()).toContain('The plan has changed since you opened it');
    expect(await stateOf(door)).toBe('awaiting approval');
  });

  it('is refused for a remediation that there is not', async () => {
    const door = await aDoorway(slack);
    await press(door, approve, { user: 'U0ANN' });
    expect(door.told()).toContain('There is no plan to decide on here.');
  });
});

describe('Deny', () => {
  it('asks why in a modal that carries the plan seen', async () => {
    const door = await standing();
    await press(door, deny, { user: 'U0ANN' });
    expect(slack.asked('views.open')).toMatchObject([{ view: denial }]);
    expect(await stateOf(door)).toBe('awaiting approval');
  });

  it('is refused before the modal where the person may not', async () => {
    const door = await standing();
    await press(door, deny, { user: 'U0NILS' });
    expect(slack.asked('views.open')).toEqual([]);
    expect(door.told()).toContain('Only approvers may decide this');
  });

  it('with a reason ends the remediation', async () => {
    const door = await standing();
    const answer = await submit(door, denial, 'wait for the release', { user: 'U0ANN' });
    expect(answer.body).toEqual({ response_action: 'clear' });
    expect(await door.stored(remediationId)).toMatchObject({
      status: { state: 'denied', by: 'U0ANN', because: 'wait for the release' },
    });
  });

  it('is checked again when the reason is sent', async () => {
    const door = await standing();
    const answer = await submit(door, denial, 'because', { user: 'U0NILS' });
    expect(answer.words).toContain('✋ Only approvers may decide this');
    expect(await stateOf(door)).toBe('awaiting approval');
  });
});

describe('Undo', () => {
  it('opens a modal at once and writes down that somebody waits for a preview', async () => {
    const door = await standing(done);
    await press(door, undo, { user: 'U0ANN' });
    expect(words(slack.asked('views.open'))).toContain('Looking at the target');
    expect(door.held.held.previews.get('V1')).toMatchObject({
      task: 'preview-undo',
      id: remediationId,
    });
  });

  it('is refused to who may not, and says who may', async () => {
    const door = await standing(done);
    await press(door, undo);
    expect(door.told()).toContain('Only approvers may undo a remediation. These are approvers:');
    expect(door.held.held.previews.size).toBe(0);
  });

  it('with a reason starts the way back', async () => {
    const door = await standing(done);
    const answer = await submit(door, taking, 'the vendor needs it', { user: 'U0ANN' });
    expect(answer.body).toEqual({ response_action: 'clear' });
    expect(await stateOf(door)).toBe('undoing');
  });

  it('is refused in the modal once the time is over', async () => {
    const door = await standing(done);
    door.clock.pass(3 * 86_400_000);
    const answer = await submit(door, taking, 'too late', { user: 'U0ANN' });
    expect(answer.words).toContain('✋ The time to undo ended');
    expect(await stateOf(door)).toBe('done');
  });
});

describe('an organisation-wide installation', () => {
  it('is known by the organisation where Slack names no team', async () => {
    const policy = aPolicy({ team: 'E0TEST' });
    slack.someone({ team_id: 'T0HOME', enterprise_user: { enterprise_id: 'E0TEST' } });
    const door = await standing(undefined, { policy });
    await press(door, approve, { user: 'U0ANN', team: null, enterprise: 'E0TEST' });
    expect(await stateOf(door)).toBe('approved');
  });

  it('is known so in a command as well', async () => {
    const policy = aPolicy({ team: 'E0TEST' });
    slack.someone({ enterprise_user: { enterprise_id: 'E0TEST' } });
    const door = await standing(undefined, { policy });
    const command = async (more: Record<string, string>) => {
      await door.send(request(commanded(slack.url, 'status', { team: null }, more)));
      await door.serve();
      return words(slack.asked('respond').at(-1));
    };
    expect(await command({ enterprise_id: 'E0TEST' })).toContain('Open findings');
    expect(await command({})).toContain('comes from another Slack workspace');
  });

  it('is refused where Slack names neither', async () => {
    const door = await standing();
    await press(door, approve, { user: 'U0ANN', team: null });
    expect(door.told()).toContain('comes from another Slack workspace');
  });
});
