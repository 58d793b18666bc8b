import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';

export type CreateLogGroup = {
  readonly name: string;
  /** Days that an event is kept. */
  readonly retention: number;
};

/** `retention` is 0 where events are kept for ever. A group without a log stream is empty for certain. */
export type LogGroup =
  | { readonly kind: 'absent' }
  | { readonly kind: 'group'; readonly retention: number; readonly empty: boolean };

/**
 * A group that is there already stays as it is. Only one that is empty and kept for ever gets an end: so stands what was
 * made by half a call, and nothing is lost by it.
 */
export const createLogGroup: Reversible<CreateLogGroup, LogGroup> = {
  kind: 'logs.create-log-group',
  describe: ({ name, retention }) => `Create the log group ${name}, kept for ${retention} days`,
  read: (aws, { name }) => readLogGroup(aws, name),
  holds: (now) => now.kind === 'group' && !isUnfinished(now),
  async apply(aws, { name, retention }, now) {
    if (now.kind === 'absent')
      await unless('ResourceAlreadyExistsException', () =>
        aws.call('logs:CreateLogGroup', { logGroupName: name }),
      );
    if (now.kind === 'absent' || isUnfinished(now))
      await aws.call('logs:PutRetentionPolicy', { logGroupName: name, retentionInDays: retention });
  },
  // What holds events is evidence by now: it stays, and so do its costs until it is deleted by hand.
  async undo(aws, { name, retention }, before, now) {
    if (now.kind === 'absent') return;
    if (before.kind === 'absent') {
      if (now.empty)
        await unless('ResourceNotFoundException', () =>
          aws.call('logs:DeleteLogGroup', { logGroupName: name }),
        );
    } else if (isUnfinished(before) && now.retention === retention)
      await aws.call('logs:DeleteRetentionPolicy', { logGroupName: name });
  },
  restored(now, { retention }, before) {
    if (now.kind === 'absent') return true;
    if (before.kind === 'absent') return !now.empty;
    return !isUnfinished(before) || now.retention !== retention;
  },
  drift(after, now) {
    if (now.kind === 'absent')
      return after.kind === 'absent' ? [] : ['deleted since: the log group'];
    const was = after.kind === 'group' ? after : { retention: now.retention, empty: true };
    return [
      ...(was.retention === now.retention
        ? []
        : [`retention changed since: ${days(was.retention)} → ${days(now.retention)}`]),
      ...(was.empty && !now.empty ? ['the log group holds events by now, so it stays'] : []),
    ];
  },
  permissions: {
    read: ['logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
    apply: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
    undo: ['logs:DeleteLogGroup', 'logs:DeleteRetentionPolicy'],
  },
};

/** Names come in order, so that the group itself is first among all that begin with its name. */
export const describeLogGroup = async (aws: Aws, name: string) => {
  const { logGroups = [] } = await aws.call('logs:DescribeLogGroups', {
    logGroupNamePrefix: name,
  });
  return logGroups.find(({ logGroupName }) => logGroupName === name);
};

const readLogGroup = async (aws: Aws, name: string): Promise<LogGroup> => {
  const group = await describeLogGroup(aws, name);
  if (!group) return { kind: 'absent' };
  const { retentionInDays: retention = 0, storedBytes = 0 } = group;
  // `storedBytes` lags behind by hours: above zero it is true, at zero it says nothing.
  if (storedBytes > 0) return { kind: 'group', retention, empty: false };
  const { logStreams = [] } = await aws.call('logs:DescribeLogStreams', {
    logGroupName: name,
    limit: 1,
  });
  return { kind: 'group', retention, empty: logStreams.length === 0 };
};

const isUnfinished = (group: LogGroup): boolean =>
  group.kind === 'group' && group.retention === 0 && group.empty;

const unless = async (code: string, call: () => Promise<unknown>): Promise<void> => {
  try {
    await call();
  } catch (error) {
    if (!isAwsError(error, code)) throw error;
  }
};

const days = (count: number): string => (count === 0 ? 'for ever' : `${count} days`);
