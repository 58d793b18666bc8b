import { encodeClick, encodeForm } from '../../blocks/intent';
import { aProposal, aRemediation, remediationId } from '../support/builders';
import { aDoorway, type Doorway } from './support/doorway';
import { pressed, request, submitted } from './support/requests';
import { startSlack, type FakeSlack } from './support/slack';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

const { hash } = aProposal();
const approve = encodeClick({ kind: 'remediation.approve', id: remediationId, hash });

type Who = Parameters<typeof pressed>[2];
const press = (door: Doorway, button: Parameters<typeof pressed>[1], who?: Who) =>
  door.send(request(pressed(slack.url, button, who)));
const submit = (door: Doorway, view: Parameters<typeof submitted>[0], reason: string, who?: Who) =>
  door.send(request(submitted(view, reason, who)));

/** A remediation that Rita asked for, and that waits for a decision. */
const standing = async () => {
  const door = await aDoorway(slack);
  const status = { state: 'awaiting approval' } as const;
  const remediation = aRemediation({ proposal: aProposal(), status });
  await door.held.commit({ remediation, events: [] });
  return door;
};
const stateOf = async (door: Doorway) => (await door.stored(remediationId)).status.state;

describe('Approve where a yes needs its reason', () => {
  const rule = { ...aProposal().rule, reason: true };
  const approval = encodeForm({
    kind: 'remediation.approve',
    id: remediationId,
    hash,
    channel: 'C0ALERTS',
  });
  const waiting = async () => {
    const door = await aDoorway(slack);
    const remediation = aRemediation({
      proposal: aProposal({ rule }),
      status: { state: 'awaiting approval' },
    });
    await door.held.commit({ remediation, events: [] });
    return door;
  };

  it('asks why in a modal, and decides nothing yet', async () => {
    const door = await waiting();
    await press(door, approve, { user: 'U0ANN' });
    expect(slack.asked('views.open')).toMatchObject([{ view: approval }]);
    expect(await stateOf(door)).toBe('awaiting approval');
  });

  it('with the reason is stored', async () => {
    const door = await waiting();
    const answer = await submit(door, approval, 'nobody needs it', { user: 'U0ANN' });
    expect(answer.body).toEqual({ response_action: 'clear' });
    expect((await door.stored(remediationId)).proposal?.decisions).toMatchObject([
      { verdict: 'approve', reason: 'nobody needs it' },
    ]);
  });

  it('is refused in the modal where the person may not', async () => {
    const door = await waiting();
    const answer = await submit(door, approval, 'nobody needs it');
    expect(answer.words).toContain('another person has to decide');
  });
});

describe('Cancel', () => {
  const cancel = encodeClick({ kind: 'remediation.cancel', id: remediationId });

  it('by who asked takes the request back', async () => {
    const door = await standing();
    expect(await press(door, cancel)).toMatchObject({ status: 200, text: '' });
    expect(await stateOf(door)).toBe('cancelled');
    expect(slack.asked('respond')).toEqual([]);
  });

  it('by anybody else is refused with words', async () => {
    const door = await standing();
    await press(door, cancel, { user: 'U0ANN' });
    expect(door.told()).toContain('✋ Only Rita, who asked for it, may take it back.');
    expect(await stateOf(door)).toBe('awaiting approval');
  });
});
