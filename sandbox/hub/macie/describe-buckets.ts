import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { BucketMetadata, DescribeBucketsCommandOutput } from '@aws-sdk/client-macie2';
import { z } from 'zod';
import type { Answer, Call, Wire } from '../http/call';
import { page } from '../http/paging';
import { parse } from '../http/parse';
import { bucketFacts, isVersioned } from './bucket-facts';
import { listObjects } from './objects';
import { requireMacie, type MacieAccount } from './state';

const Request = z.object({
  criteria: z
    .object({
      bucketName: z
        .object({ eq: z.array(z.string()).optional(), prefix: z.string().optional() })
        .optional(),
    })
    .default({}),
  maxResults: z.number().int().min(1).max(200).default(50),
  nextToken: z.string().optional(),
});

/** Counted live, where the real service shows its inventory of the last day. */
async function metadata(
  call: Call,
  macie: MacieAccount,
  bucketName: string,
): Promise<Wire<BucketMetadata>> {
  const { s3, now } = call.world;
  const facts = await bucketFacts(s3, bucketName, macie.account);
  let objectCount = 0;
  let sizeInBytes = 0;
  for await (const { size } of listObjects(s3, bucketName)) {
    objectCount += 1;
    sizeInBytes += size;
  }
  const job = [...macie.jobs.values()].findLast(({ request }) =>
    request.s3JobDefinition.bucketDefinitions?.some(({ buckets }) => buckets.includes(bucketName)),
  );
  const type = facts.defaultServerSideEncryption?.encryptionType;
  return {
    accountId: macie.account,
    bucketName,
    bucketArn: facts.arn,
    region: macie.region,
    objectCount,
    sizeInBytes,
    classifiableObjectCount: objectCount,
    classifiableSizeInBytes: sizeInBytes,
    publicAccess: facts.publicAccess,
    allowsUnencryptedObjectUploads: facts.allowsUnencryptedObjectUploads,
    serverSideEncryption: { type: type === 'UNKNOWN' ? 'NONE' : type },
    tags: facts.tags,
    versioning: await isVersioned(s3, bucketName),
    lastUpdated: now().toISOString(),
    jobDetails: {
      isDefinedInJob: job ? 'TRUE' : 'FALSE',
      isMonitoredByJob: job?.request.jobType === 'SCHEDULED' ? 'TRUE' : 'FALSE',
      lastJobId: job?.id,
      lastJobRunTime: job?.createdAt.toISOString(),
    },
  };
}

export async function describeBuckets(call: Call): Promise<Answer<DescribeBucketsCommandOutput>> {
  const macie = requireMacie(call);
  const fault = 'ValidationException';
  const { criteria, maxResults: size, nextToken: token } = parse(Request, call.body, fault);
  const { Buckets = [] } = await call.world.s3.send(new ListBucketsCommand({}));
  const { eq, prefix = '' } = criteria.bucketName ?? {};
  const names = Buckets.map(({ Name }) => Name ?? '')
    .filter((name) => name.startsWith(prefix) && (!eq || eq.includes(name)))
    .toSorted();
  const { items, nextToken } = page(names, { token, size, query: criteria, fault });
  const buckets = await Promise.all(items.map((name) => metadata(call, macie, name)));
  return { buckets, ...(nextToken ? { nextToken } : {}) };
}
