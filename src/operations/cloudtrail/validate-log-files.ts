import type { Reversible } from '../operation';

export type ValidateLogFiles = {
  /** ARN of the trail; the session is in its home Region. */
  readonly trail: string;
};

export type LogFileValidation = { readonly on: boolean };

/** UpdateTrail leaves every setting that is not sent as it is, so one switch is all that is ever sent. */
export const validateLogFiles: Reversible<ValidateLogFiles, LogFileValidation> = {
  kind: 'cloudtrail.validate-log-files',
  describe: ({ trail }) => `Turn on log file validation of the trail ${trail.split('/').at(-1)}`,
  async read(aws, { trail }) {
    const { Trail } = await aws.call('cloudtrail:GetTrail', { Name: trail });
    return { on: Trail?.LogFileValidationEnabled === true };
  },
  holds: ({ on }) => on,
  async apply(aws, { trail }, { on }) {
    if (!on)
      await aws.call('cloudtrail:UpdateTrail', { Name: trail, EnableLogFileValidation: true });
  },
  async undo(aws, { trail }, before, now) {
    if (!before.on && now.on)
      await aws.call('cloudtrail:UpdateTrail', { Name: trail, EnableLogFileValidation: false });
  },
  restored: ({ on }, _, before) => before.on || !on,
  drift: (after, now) =>
    after.on === now.on ? [] : [`turned ${now.on ? 'on' : 'off'} since: log file validation`],
  permissions: {
    read: ['cloudtrail:GetTrail'],
    apply: ['cloudtrail:UpdateTrail'],
    undo: ['cloudtrail:UpdateTrail'],
  },
};
