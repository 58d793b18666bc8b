import { mayAskCase, requestCase } from '../../src/app/request-case';
import { hash } from '../../src/domain/canonical';
import { CaseId } from '../../src/domain/ids';
import { aPolicy } from '../support/builders';
import { anIsolation, ask } from '../support/isolated-world';
import { clickOf, gus, nils, rita } from '../support/people';
import { aWorld } from '../support/world';

const refusals = CaseId.parse(hash(['refused', ask.target]).slice(0, 32));

describe('a request by command', () => {
  it('is written down with what was chosen, in the channel in which it was typed', async () => {
    const world = await anIsolation();

    const { id } = await world.isolate(rita, ['stop']);

    expect(await world.stored(id)).toMatchObject({
      case: id,
      playbook: 'isolate-ec2-instance',
      options: ['stop'],
      channel: 'C0ALERTS',
      status: { state: 'preparing' },
      requester: { id: rita.id },
    });
  });

  it.each([
    [nils, 'Only responders may ask for a remediation.'],
    [gus, 'You are a guest here, and only members may act.'],
  ])('of who may not is refused, said why, and audited (law 3)', async (person, because) => {
    const world = await anIsolation();

    const answer = await requestCase(world.door, ask, clickOf(person), 'please');

    expect(answer).toMatchObject({ kind: 'refused', because });
    expect(await world.held.trail(refusals)).toMatchObject([
      {
        event: {
          type: 'remediation.request-refused',
          actor: { id: person.id },
          facts: { target: ask.target, because },
        },
      },
    ]);
    expect(world.ids()).toEqual([]);
  });

  it('is refused where the policy says never', async () => {
    const policy = aPolicy({
      rules: [{ when: { playbook: [ask.playbook] }, run: 'never', because: 'Call the on-call.' }],
    });
    const world = await aWorld({ policy });

    expect(await mayAskCase(world.door, ask, clickOf(rita))).toEqual({
      kind: 'refused',
      because: 'Call the on-call.',
    });
  });

  it.each([{ playbook: 'no-such-playbook' }, { account: '12' }, { region: 'nowhere' }])(
    'of what is not there is refused: %j',
    async (slip) => {
      const world = await anIsolation();

      const answer = await mayAskCase(world.door, { ...ask, ...slip }, clickOf(rita));

      expect(answer).toMatchObject({ because: 'There is no such playbook, or no such target.' });
    },
  );
});
