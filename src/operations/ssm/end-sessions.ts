import { unlessAbsent } from '../absent';
import type { Irreversible } from '../operation';
import { all } from '../pages';
import { tryEach } from '../try-each';

/** Ends what people, or whoever took their credentials, have open on the instance by Session Manager. */
export type EndSessions = { readonly instanceId: string };

export type LiveSession = {
  readonly id: string;
  /** ARN of who opened it. */
  readonly owner: string;
  readonly ending: boolean;
};

export const endSessions: Irreversible<EndSessions, readonly LiveSession[]> = {
  kind: 'ssm.end-sessions',
  describe: ({ instanceId }) => `End the live Session Manager sessions of ${instanceId}`,
  async read(aws, { instanceId }) {
    const sessions = await all(async (NextToken) => {
      const page = await aws.call('ssm:DescribeSessions', {
        State: 'Active',
        Filters: [{ key: 'Target', value: instanceId }],
        ...(NextToken && { NextToken }),
      });
      return { items: page.Sessions, next: page.NextToken };
    });
    return sessions
      .filter(({ Status = '' }) => !ended.includes(Status))
      .map(({ SessionId: id = '', Owner: owner = 'unknown', Status }) => ({
        id,
        owner,
        ending: Status === 'Terminating',
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  },
  holds: (sessions) => sessions.length === 0,
  apply: (aws, _, now) =>
    tryEach(
      now
        .filter(({ ending }) => !ending)
        .map(
          ({ id }) =>
            () =>
              unlessAbsent(
                aws.call('ssm:TerminateSession', { SessionId: id }),
                'DoesNotExistException',
              ),
        ),
    ),
  pending: (sessions) =>
    sessions.length > 0 && sessions.every(({ ending }) => ending)
      ? { running: 'Session Manager is ending the sessions' }
      : undefined,
  drift: (after, now) =>
    now
      .filter(({ id }) => !after.some((each) => each.id === id))
      .map(({ id, owner }) => `opened since: session ${id} of ${owner}`),
  irreversible: 'a session that was ended cannot be taken up again, only a new one opened.',
  permissions: { read: ['ssm:DescribeSessions'], apply: ['ssm:TerminateSession'] },
};

const ended: readonly string[] = ['Terminated', 'Failed'];
