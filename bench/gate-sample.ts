import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectTaggingCommand,
  paginateListObjectsV2,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';

const tag = (run: string) => ({ TagSet: [{ Key: 'WorkflowId', Value: run }] });

async function* keysOf(client: S3Client, Bucket: string): AsyncGenerator<string> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    for (const { Key } of Contents) if (Key) yield Key;
}

/** As the published sample's triggerMacieScan does it: each object by itself, copy, delete, tag. */
export const stageBySample = async (s3: S3Client, raw: string, stage: string, run: string) => {
  for await (const Key of keysOf(s3, raw)) {
    await s3.send(new CopyObjectCommand({ Bucket: stage, Key, CopySource: `${raw}/${Key}` }));
    await s3.send(new DeleteObjectCommand({ Bucket: raw, Key }));
    await s3.send(new PutObjectTaggingCommand({ Bucket: stage, Key, Tagging: tag(run) }));
  }
};

/** As its movers do it: the whole bucket is listed, and each object's tags say whether it is this run's. */
export const releaseBySample = async (
  s3: S3Client,
  stage: string,
  released: string,
  run: string,
) => {
  for await (const Key of keysOf(s3, stage)) {
    const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand({ Bucket: stage, Key }));
    if (!TagSet.some(({ Value }) => Value === run)) continue;
    await s3.send(new CopyObjectCommand({ Bucket: released, Key, CopySource: `${stage}/${Key}` }));
    await s3.send(new DeleteObjectCommand({ Bucket: stage, Key }));
  }
};
