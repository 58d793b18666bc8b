import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { World } from '../world';
import type { Job } from './job';
import type { JobRequest } from './job-request';
import type { MacieAccount } from './state';

export interface Target {
  account: string;
  bucket: string;
}

type Criteria = NonNullable<JobRequest['s3JobDefinition']['bucketCriteria']>;
type Block = NonNullable<Criteria['includes']>;

function holds({ account, bucket }: Target, block: Block | undefined): boolean[] {
  return (block?.and ?? []).map(({ simpleCriterion: term }) => {
    if (!term) return true;
    const value = term.key === 'ACCOUNT_ID' ? account : bucket;
    return term.values.includes(value) === (term.comparator === 'EQ');
  });
}

/** Buckets named by the job, or those of the account that meet its criteria now. */
export async function targetsOf(world: World, macie: MacieAccount, job: Job): Promise<Target[]> {
  const { bucketDefinitions, bucketCriteria } = job.request.s3JobDefinition;
  if (bucketDefinitions) {
    return bucketDefinitions.flatMap(({ accountId: account, buckets }) =>
      buckets.map((bucket) => ({ account, bucket })),
    );
  }
  const { Buckets = [] } = await world.s3.send(new ListBucketsCommand({}));
  return Buckets.map(({ Name }) => ({ account: macie.account, bucket: Name ?? '' })).filter(
    (target) => {
      const excluded = holds(target, bucketCriteria?.excludes);
      const isOut = excluded.length > 0 && excluded.every(Boolean);
      return !isOut && holds(target, bucketCriteria?.includes).every(Boolean);
    },
  );
}
