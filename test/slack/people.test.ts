import { clickClient } from '../../src/slack/client';
import { peopleIn } from '../../src/slack/people';
import { aClock, aPolicy } from '../support/builders';
import { startSlack, type FakeSlack } from './support/slack';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => slack.reset());
afterAll(() => slack.close());

const minute = 60_000;
const knowing = (policy = aPolicy()) => {
  const clock = aClock();
  return { clock, people: peopleIn(clickClient('xoxb-test', slack.url), policy, clock.now) };
};
const asked = (method: string) => slack.asked(method).length;

describe('a person', () => {
  it('has the name, the address and the roles that Slack tells of', async () => {
    slack.someone({ real_name: 'Bo B.', profile: { email: 'bo@example.com' } });
    expect(await knowing().people.person('U0BO', false)).toEqual({
      id: 'U0BO',
      name: 'Bo B.',
      email: 'bo@example.com',
      roles: ['responder', 'approver'],
    });
  });

  it('goes by the handle, or by the id, where there is no name', async () => {
    slack.someone({ real_name: undefined, name: 'bo' });
    expect((await knowing().people.person('U0BO', false)).name).toBe('bo');
    slack.someone({ real_name: '', name: '' });
    expect((await knowing().people.person('U0BO', false)).name).toBe('U0BO');
  });

  it('has a role by name as well as by group, and else none', async () => {
    const roles = { responder: { users: ['U0NILS'] }, approver: { groups: ['S0APPROVERS'] } };
    const { people } = knowing(aPolicy({ roles }));
    expect((await people.person('U0NILS', false)).roles).toEqual(['responder']);
    expect((await people.person('U0ANN', false)).roles).toEqual(['approver']);
    expect((await people.person('U0ZOE', false)).roles).toEqual([]);
  });

  it.each([
    [{ is_email_confirmed: true }, ['approver']],
    [{ is_email_confirmed: true, profile: { email: 'BO@Example.com' } }, ['approver']],
    [{}, []],
    [{ is_email_confirmed: false }, []],
    [{ is_email_confirmed: true, profile: { email: 'no@example.com' } }, []],
    [{ is_email_confirmed: true, profile: {} }, []],
    [{ is_email_confirmed: true, profile: undefined }, []],
    [{ is_email_confirmed: true, is_restricted: true }, []],
    [{ is_email_confirmed: true, is_bot: true }, []],
    [{ is_email_confirmed: true, team_id: 'T0PARTNER' }, []],
    [{ is_email_confirmed: true, is_stranger: true }, []],
    [{ is_email_confirmed: true, deleted: true }, []],
  ])(
    'with %j has the roles of an address that Slack has confirmed, as a full member only: %j',
    async (flags, expected) => {
      slack.someone({ profile: { email: 'bo@example.com' }, ...flags });
      const roles = { responder: {}, approver: { emails: ['Bo@example.com'] } };
      const { people } = knowing(aPolicy({ roles }));
      expect((await people.person('U0BO', false)).roles).toEqual(expected);
    },
  );

  it('has no role by an address whom Slack does not show, and none where nobody has an address', async () => {
    const roles = { responder: {}, approver: { emails: ['bo@example.com'] } };
    slack.answer('users.info', () => ({ ok: true }));
    expect((await knowing(aPolicy({ roles })).people.person('U0BO', false)).roles).toEqual([]);
  });

  it.each([
    [{ deleted: true, is_bot: true }, 'a deactivated account'],
    [{ is_stranger: true }, 'from another workspace'],
    [{ team_id: 'T0PARTNER' }, 'from another workspace'],
    [
      { team_id: 'T0PARTNER', enterprise_user: { enterprise_id: 'E0OTHER', teams: ['T0PARTNER'] } },
      'from another workspace',
    ],
    [{ is_bot: true }, 'a bot'],
    [{ is_restricted: true }, 'a guest'],
    [{ is_ultra_restricted: true }, 'a guest'],
    [{ team_id: undefined }, undefined],
    [{ team_id: 'T0HOME', enterprise_user: { teams: ['T0TEST'] } }, undefined],
    [{ is_restricted: false, is_bot: false, deleted: false }, undefined],
  ])('%j is an outsider: %s', async (flags, expected) => {
    slack.someone(flags);
    expect((await knowing().people.person('U0BO', false)).outsider).toBe(expected);
  });

  it('whom Slack does not show is nobody', async () => {
    slack.answer('users.info', () => ({ ok: true }));
    const person = await knowing().people.person('U0BO', false);
    expect(person).toMatchObject({ name: 'U0BO', outsider: 'a deactivated account' });
  });

  it('is not made of something that is no user id', async () => {
    await expect(knowing().people.person('B0BOT', false)).rejects.toThrow(/pattern/);
  });
});

describe('what Slack said', () => {
  it('is believed for five minutes', async () => {
    const { clock, people } = knowing();
    await people.person('U0BO', false);
    clock.pass(5 * minute - 1);
    await people.person('U0BO', false);
    expect([asked('users.info'), asked('usergroups.users.list')]).toEqual([1, 2]);
    clock.pass(1);
    await people.person('U0BO', false);
    expect([asked('users.info'), asked('usergroups.users.list')]).toEqual([2, 4]);
  });

  it('is asked anew for a decision after ten seconds, and believed from then on', async () => {
    const { clock, people } = knowing();
    await people.person('U0BO', false);
    clock.pass(9_999);
    await people.person('U0BO', true);
    expect(asked('users.info')).toBe(1);
    clock.pass(1);
    slack.answer('usergroups.users.list', () => ({ ok: true, users: [] }));
    expect((await people.person('U0BO', true)).roles).toEqual([]);
    expect((await people.person('U0BO', false)).roles).toEqual([]);
    expect(asked('users.info')).toBe(2);
  });

  it('of a group counts for a minute while Slack is asked too often, and then no more (law 10)', async () => {
    const { clock, people } = knowing();
    await people.person('U0BO', true);
    slack.answer('usergroups.users.list', () => ({
      ok: false,
      error: 'ratelimited',
      retryAfter: 30,
    }));
    clock.pass(59_000);
    expect((await people.person('U0BO', true)).roles).toEqual(['responder', 'approver']);
    clock.pass(10_000);
    await expect(people.person('U0BO', true)).rejects.toThrow('Slack does not say right now');
  });

  it('is asked once by two who ask at the same time', async () => {
    const { people } = knowing();
    await Promise.all([people.person('U0BO', false), people.person('U0BO', false)]);
    expect(asked('users.info')).toBe(1);
  });

  it('is not remembered when it was an error', async () => {
    const { people } = knowing();
    slack.answer('users.info', () => ({ ok: false, error: 'fatal_error' }));
    await expect(people.person('U0BO', false)).rejects.toThrow('fatal_error');
    slack.reset();
    expect((await people.person('U0BO', false)).name).toBe('BO');
  });
});

describe('a channel', () => {
  it.each([
    [{}, false],
    [{ is_ext_shared: false, is_org_shared: false }, false],
    [{ is_ext_shared: true }, true],
    [{ is_pending_ext_shared: true }, true],
    [{ is_org_shared: true }, true],
  ])('with %j is shared: %s', async (flags, expected) => {
    slack.answer('conversations.info', () => ({ ok: true, channel: { id: 'C1', ...flags } }));
    expect(await knowing().people.isShared('C1')).toBe(expected);
  });

  it('that Slack does not show counts as shared', async () => {
    slack.answer('conversations.info', () => ({ ok: true }));
    expect(await knowing().people.isShared('C1')).toBe(true);
  });

  it('is asked for once in five minutes', async () => {
    const { clock, people } = knowing();
    await people.isShared('C1');
    await people.isShared('C1');
    expect(asked('conversations.info')).toBe(1);
    clock.pass(5 * minute);
    await people.isShared('C1');
    expect(asked('conversations.info')).toBe(2);
  });
});
