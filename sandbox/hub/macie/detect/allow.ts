import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { AllowList } from '../state';

async function wordsAt(s3: S3Client, Bucket: string, Key: string): Promise<Set<string>> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const text = (await Body?.transformToString()) ?? '';
  return new Set(text.split(/\r?\n/).map((word) => word.trim().toLowerCase()));
}

/** One test for all lists of a job; word lists are read from S3 once, when the job starts. */
export async function allowance(
  s3: S3Client,
  lists: AllowList[],
): Promise<(text: string) => boolean> {
  const tests = await Promise.all(
    lists.map(async ({ criteria }) => {
      if (criteria.regex !== undefined) {
        const pattern = new RegExp(`^(?:${criteria.regex})$`, 'u');
        return (text: string) => pattern.test(text);
      }
      const { bucketName = '', objectKey = '' } = criteria.s3WordsList ?? {};
      const words = await wordsAt(s3, bucketName, objectKey);
      return (text: string) => words.has(text.trim().toLowerCase());
    }),
  );
  return (text) => tests.some((test) => test(text));
}
