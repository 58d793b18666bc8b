import type { SessionStatus } from '@aws-sdk/client-ssm';
import { awsError, type Handlers } from './memory-aws';

export interface MemorySession {
  id: string;
  target: string;
  owner: string;
  status: SessionStatus;
}

/**
 * Sessions of Session Manager, of many instances.
 * @param lag so many reads after its end still tell that a session is ending
 */
export const memorySessions = (
  sessions: MemorySession[],
  { lag = 0, pageSize = 50 } = {},
): Handlers => {
  let reads = 0;
  const arrive = () => {
    for (const each of sessions)
      if (reads === 0 && each.status === 'Terminating') each.status = 'Terminated';
    reads = Math.max(reads - 1, 0);
  };
  return {
    'ssm:DescribeSessions': ({ State, Filters = [], NextToken = '0' }) => {
      const [filter] = Filters;
      if (State !== 'Active' || filter?.key !== 'Target') throw awsError('InvalidFilterKey');
      const at = Number(NextToken);
      if (at === 0) arrive();
      const found = sessions.filter(
        ({ target, status }) => target === filter.value && !/^(Terminated|Failed)$/.test(status),
      );
      return {
        Sessions: found.slice(at, at + pageSize).map(({ id, target, owner, status }) => ({
          SessionId: id,
          Target: target,
          Owner: owner,
          Status: status,
        })),
        ...(at + pageSize < found.length && { NextToken: String(at + pageSize) }),
      };
    },
    'ssm:TerminateSession': ({ SessionId }) => {
      const found = sessions.find(({ id }) => id === SessionId);
      if (!found) throw awsError('DoesNotExistException');
      if (found.status !== 'Terminated') found.status = 'Terminating';
      reads = lag;
      if (lag === 0) arrive();
      return { SessionId };
    },
  };
};
