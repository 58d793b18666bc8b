import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  GetObjectTaggingCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetPublicAccessBlockCommand as GetAccountBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import '../../sandbox/emulators/loopback-names.cjs';
import { s3ControlEndpoint } from '../../sandbox/emulators';
import type { ClientSettings } from '../../sandbox/stack';
import { workloads } from './road';
import { each, orNone, type Standing } from './standing-parts';

/** The buckets of the account, each with all that says who may do what in it, and the account's own block. */
export const standingBuckets = async (settings: ClientSettings): Promise<Standing> => {
  const s3 = new S3Client(settings);
  const control = new S3ControlClient({
    ...settings,
    endpoint: s3ControlEndpoint(settings.endpoint),
  });
  const none = 'NoSuchPublicAccessBlockConfiguration';
  const whole = await orNone(
    control.send(new GetAccountBlockCommand({ AccountId: workloads })),
    none,
  );
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  const buckets = await each(Buckets, async ({ Name: Bucket = '' }) => {
    const [block, policy, website, tags, acl, logging, encryption, objects] = await Promise.all([
      orNone(s3.send(new GetPublicAccessBlockCommand({ Bucket })), none),
      orNone(s3.send(new GetBucketPolicyCommand({ Bucket })), 'NoSuchBucketPolicy'),
      orNone(s3.send(new GetBucketWebsiteCommand({ Bucket })), 'NoSuchWebsiteConfiguration'),
      orNone(s3.send(new GetBucketTaggingCommand({ Bucket })), 'NoSuchTagSet'),
      s3.send(new GetBucketAclCommand({ Bucket })),
      s3.send(new GetBucketLoggingCommand({ Bucket })),
      s3.send(new GetBucketEncryptionCommand({ Bucket })),
      tagsOfObjects(s3, Bucket),
    ]);
    return [
      `bucket ${Bucket}`,
      {
        block: block?.PublicAccessBlockConfiguration,
        policy: policy?.Policy,
        website: website?.IndexDocument,
        tags: tags?.TagSet,
        grants: acl.Grants,
        logging: logging.LoggingEnabled,
        encryption: encryption.ServerSideEncryptionConfiguration?.Rules,
        objects,
      },
    ];
  });
  return { ...buckets, 'public access block': whole?.PublicAccessBlockConfiguration };
};

const tagsOfObjects = async (s3: S3Client, Bucket: string): Promise<Standing> => {
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
  return each(Contents, async ({ Key = '' }) => {
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
    return [Key, TagSet];
  });
};
