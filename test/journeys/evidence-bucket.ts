import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { outputOf, security } from './road';

/** What the locked bucket holds of a remediation, with the hash of the bytes as they are there. */
export const piecesOf = async (
  world: World,
  remediation: string,
): Promise<{ key: string; sha256: string }[]> => {
  const s3 = new S3Client({ ...asAccount(world.edge.url, security), forcePathStyle: true });
  const Bucket = outputOf(world, 'EvidenceBucketName');
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const own = Contents.filter(({ Key }) => Key?.includes(remediation));
  return Promise.all(
    own.map(async ({ Key = '' }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      return { key: Key, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
};
