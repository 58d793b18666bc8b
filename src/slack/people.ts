import type { WebClient } from '@slack/web-api';
import type { People } from '../app/ports';
import { Told } from '../domain/errors';
import { SlackUserId } from '../domain/ids';
import { roles, type Person } from '../domain/person';
import type { Policy } from '../domain/policy';
import { retryAfter } from './client';

/** Milliseconds that an answer of Slack is believed. */
const believed = 5 * 60_000;
/**
 * The same for a decision. Not zero: Slack lists a group's members some twenty times a minute, and a busy minute of
 * decisions must not end in refusals.
 */
const believedForDecisions = 10_000;
/** Where Slack is asked too often, its last answer about a group counts for a minute: several functions ask at once. */
const believedWhenBusy = 60_000;

const busy =
  'Slack does not say right now who may do this: too many questions at once. Nothing was changed; try again in a minute.';

/** People, groups and channels as Slack knows them. A failed look-up throws: an error is never a yes (law 10). */
export const peopleIn = (client: WebClient, policy: Policy, now: () => Date): People => {
  const cache = new Map<string, { at: number; value: Promise<unknown> }>();
  const cached = <T>(key: string, fresh: boolean, ask: () => Promise<T>): Promise<T> => {
    const known = cache.get(key);
    const age = now().getTime() - (known?.at ?? 0);
    if (known && age < (fresh ? believedForDecisions : believed)) return known.value as Promise<T>;
    const value = ask();
    cache.set(key, { at: now().getTime(), value });
    // A failure is not worth remembering.
    value.catch(() => cache.delete(key));
    return value;
  };
  const listed = new Map<string, { at: number; users: string[] }>();
  const members = (usergroup: string, fresh: boolean): Promise<string[]> =>
    cached(`group ${usergroup}`, fresh, async () => {
      const at = now().getTime();
      try {
        const { users = [] } = await client.usergroups.users.list({ usergroup });
        listed.set(usergroup, { at, users });
        return users;
      } catch (error) {
        if (retryAfter(error) === undefined) throw error;
        const last = listed.get(usergroup);
        if (last && at - last.at < believedWhenBusy) return last.users;
        throw new Told(busy, { cause: error });
      }
    });

  return {
    async person(id, fresh) {
      const [user, ...byId] = await Promise.all([
        cached(`user ${id}`, fresh, () => client.users.info({ user: id })),
        ...roles.map(async (role) => {
          const { users, groups } = policy.roles[role];
          const lists = await Promise.all(groups.map((each) => members(each, fresh)));
          return users.some((each) => each === id) || lists.some((list) => list.includes(id));
        }),
      ]);
      const outsider = outsiderOf(user.user, policy.team);
      const proven = outsider ? undefined : confirmedEmail(user.user);
      return {
        id: SlackUserId.parse(id),
        name: user.user?.real_name || user.user?.name || id,
        ...(user.user?.profile?.email && { email: user.user.profile.email }),
        ...(outsider && { outsider }),
        roles: roles.filter(
          (role, index) => byId[index] || policy.roles[role].emails.some((each) => each === proven),
        ),
      };
    },
    async isShared(channel) {
      const info = await cached(`channel ${channel}`, false, () =>
        client.conversations.info({ channel }),
      );
      if (!info.channel) return true;
      const { is_ext_shared, is_pending_ext_shared, is_org_shared } = info.channel;
      return Boolean(is_ext_shared || is_pending_ext_shared || is_org_shared);
    },
  };
};

/** An address counts only where Slack says that its owner confirmed it: anybody can claim one. The policy has small letters. */
const confirmedEmail = (user: SlackUser): string | undefined =>
  user?.is_email_confirmed === true ? user.profile?.email?.toLowerCase() : undefined;

type SlackUser = Awaited<ReturnType<WebClient['users']['info']>>['user'];

/** Absent flags mean “no”, as Slack leaves them out; an absent user is nobody we know. */
const outsiderOf = (user: SlackUser, team: string): Person['outsider'] | undefined => {
  if (!user || user.deleted) return 'a deactivated account';
  if (user.is_stranger || isForeign(user, team)) return 'from another workspace';
  if (user.is_bot) return 'a bot';
  if (user.is_restricted || user.is_ultra_restricted) return 'a guest';
  return undefined;
};

/** `is_stranger` is not set for people of other workspaces who share a channel with us. In an organisation, `team_id` is home. */
const isForeign = ({ team_id, enterprise_user }: NonNullable<SlackUser>, team: string): boolean =>
  team_id !== undefined &&
  team_id !== team &&
  enterprise_user?.enterprise_id !== team &&
  !enterprise_user?.teams?.includes(team);
