import { Told } from '../../domain/errors';
import type { Reversible } from '../operation';

export type SetLogGroup = {
  /** ARN of the trail; the session is in its home Region. */
  readonly trail: string;
  /** ARN of the log group, as CloudTrail wants it: with `:*` at its end. */
  readonly logGroup: string;
  /** ARN of the role by which CloudTrail writes there. */
  readonly role: string;
  /** ARN of an attached log group that is gone, which this one stands in for; empty where none is attached. */
  readonly replaces: string;
};

/** Empty where the trail sends its events to no log group. */
export type AttachedLogGroup = { readonly logGroup: string };

export const setLogGroup: Reversible<SetLogGroup, AttachedLogGroup> = {
  kind: 'cloudtrail.set-log-group',
  describe: ({ trail, logGroup }) =>
    `Send the events of the trail ${trail.split('/').at(-1)} to the log group ${groupName(logGroup)}`,
  async read(aws, { trail }) {
    const { Trail } = await aws.call('cloudtrail:GetTrail', { Name: trail });
    return { logGroup: Trail?.CloudWatchLogsLogGroupArn ?? '' };
  },
  holds: (now, { logGroup }) => isSame(now.logGroup, logGroup),
  async apply(aws, { trail, logGroup, role, replaces }, now) {
    if (isSame(now.logGroup, logGroup)) return;
    if (now.logGroup !== '' && !isSame(now.logGroup, replaces))
      throw new Told(`The trail sends its events to ${groupName(now.logGroup)} by now: it stays.`);
    await aws.call('cloudtrail:UpdateTrail', {
      Name: trail,
      CloudWatchLogsLogGroupArn: logGroup,
      CloudWatchLogsRoleArn: role,
    });
  },
  // CloudTrail takes no log group that is gone, so there is nothing to give back but none. Empty text detaches.
  async undo(aws, { trail, logGroup }, before, now) {
    if (!isSame(before.logGroup, logGroup) && isSame(now.logGroup, logGroup))
      await aws.call('cloudtrail:UpdateTrail', {
        Name: trail,
        CloudWatchLogsLogGroupArn: '',
        CloudWatchLogsRoleArn: '',
      });
  },
  restored: (now, { logGroup }, before) =>
    isSame(before.logGroup, logGroup) || !isSame(now.logGroup, logGroup),
  drift: (after, now) =>
    isSame(after.logGroup, now.logGroup)
      ? []
      : [`sent elsewhere since: ${now.logGroup === '' ? 'nowhere' : groupName(now.logGroup)}`],
  permissions: {
    read: ['cloudtrail:GetTrail'],
    apply: ['cloudtrail:UpdateTrail', 'iam:PassRole'],
    undo: ['cloudtrail:UpdateTrail'],
  },
};

const bare = (arn: string): string => arn.replace(/:\*$/, '');
const isSame = (a: string, b: string): boolean => bare(a) === bare(b);
const groupName = (arn: string): string => bare(arn).split(':').slice(6).join(':');
