import { z } from 'zod';

/** CreateClassificationJob, with the limits the service refuses beyond. */
const comparator = z.enum(['EQ', 'GT', 'GTE', 'LT', 'LTE', 'NE', 'CONTAINS', 'STARTS_WITH']);
const values = z.array(z.string().min(1)).min(1).max(100);

const SimpleScopeTerm = z
  .object({
    key: z.enum(['OBJECT_EXTENSION', 'OBJECT_LAST_MODIFIED_DATE', 'OBJECT_SIZE', 'OBJECT_KEY']),
    comparator,
    values,
  })
  .refine(({ key, comparator: used }) => key !== 'OBJECT_KEY' || used === 'STARTS_WITH', {
    error: 'OBJECT_KEY takes STARTS_WITH only',
  })
  .refine(
    ({ key, comparator: used }) => key !== 'OBJECT_EXTENSION' || used === 'EQ' || used === 'NE',
    { error: 'OBJECT_EXTENSION takes EQ or NE only' },
  )
  .refine(
    ({ key, values: given }) =>
      given.length === 1 || key === 'OBJECT_KEY' || key === 'OBJECT_EXTENSION',
    { error: 'takes a single value' },
  );

// Scope terms on tags are the only ones that cost a call per object.
const TagScopeTerm = z.object({
  comparator: z.enum(['EQ', 'NE']),
  key: z.literal('TAG'),
  tagValues: z.array(z.object({ key: z.string(), value: z.string() })).min(1),
  target: z.literal('S3_OBJECT'),
});
const ScopeTerm = z.object({
  simpleScopeTerm: SimpleScopeTerm.optional(),
  tagScopeTerm: TagScopeTerm.optional(),
});
const Block = z.object({ and: z.array(ScopeTerm).optional() });
export const Scoping = z.object({ includes: Block.optional(), excludes: Block.optional() });

// The other criteria of the real service (permissions, sharing, tags) are refused rather than ignored.
const Criterion = z.object({
  simpleCriterion: z
    .object({
      key: z.enum(['ACCOUNT_ID', 'S3_BUCKET_NAME']),
      comparator: z.enum(['EQ', 'NE']),
      values,
    })
    .optional(),
});
const CriteriaBlock = z.object({ and: z.array(Criterion).optional() });

const S3JobDefinition = z
  .object({
    bucketDefinitions: z
      .array(
        z.object({
          accountId: z.string().regex(/^\d{12}$/),
          buckets: z.array(z.string().min(3)).min(1).max(1000),
        }),
      )
      .min(1)
      .optional(),
    bucketCriteria: z
      .object({ includes: CriteriaBlock.optional(), excludes: CriteriaBlock.optional() })
      .optional(),
    scoping: Scoping.optional(),
  })
  .refine(
    (given) => (given.bucketDefinitions === undefined) !== (given.bucketCriteria === undefined),
    {
      error: 'must have either bucketDefinitions or bucketCriteria',
    },
  );

const ids = z.array(z.string()).default([]);
const day = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;

export const JobRequest = z
  .object({
    allowListIds: z.array(z.string()).max(10).default([]),
    clientToken: z.string().min(1),
    customDataIdentifierIds: z.array(z.string()).max(30).default([]),
    description: z.string().max(200).optional(),
    initialRun: z.boolean().optional(),
    jobType: z.enum(['ONE_TIME', 'SCHEDULED']),
    managedDataIdentifierIds: ids,
    managedDataIdentifierSelector: z
      .enum(['ALL', 'EXCLUDE', 'INCLUDE', 'NONE', 'RECOMMENDED'])
      .default('RECOMMENDED'),
    name: z.string().min(1).max(500),
    s3JobDefinition: S3JobDefinition,
    samplingPercentage: z.number().int().min(1).max(100).default(100),
    scheduleFrequency: z
      .object({
        dailySchedule: z.object({}).optional(),
        weeklySchedule: z.object({ dayOfWeek: z.enum(day).optional() }).optional(),
        monthlySchedule: z.object({ dayOfMonth: z.number().optional() }).optional(),
      })
      .optional(),
    tags: z.record(z.string(), z.string()).default({}),
  })
  .superRefine((job, context) => {
    const problem = (message: string, ...path: string[]): void =>
      context.addIssue({ code: 'custom', message, path });
    const listed = job.managedDataIdentifierIds.length > 0;
    const selector = job.managedDataIdentifierSelector;
    if (listed !== (selector === 'INCLUDE' || selector === 'EXCLUDE')) {
      problem('goes with INCLUDE or EXCLUDE, and only with them', 'managedDataIdentifierIds');
    }
    if (selector === 'NONE' && job.customDataIdentifierIds.length === 0) {
      problem('are needed where the selector is NONE', 'customDataIdentifierIds');
    }
    if ((job.jobType === 'SCHEDULED') !== (job.scheduleFrequency !== undefined)) {
      problem('goes with SCHEDULED jobs, and only with them', 'scheduleFrequency');
    }
    if (job.jobType === 'ONE_TIME' && job.initialRun !== undefined) {
      problem('is for SCHEDULED jobs', 'initialRun');
    }
  });
export type JobRequest = z.output<typeof JobRequest>;
export type Scoping = z.output<typeof Scoping>;
