import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { canonical } from '../domain/canonical';
import type { Link } from '../domain/audit';

export interface Archive {
  /** Writes a link under its place in the chain. What is there stays there. */
  keep(link: Link): Promise<void>;
}

/** `audit/<case>/<seq>.json`: the same order by name as in the chain. */
export const archiveKey = ({ seq, event }: Link): string =>
  `audit/${event.case}/${String(seq).padStart(10, '0')}.json`;

/** The Object-Lock bucket. Retention is the bucket's default; a second write of the same link is refused and that is fine. */
export const archiveOn = (s3: S3Client, Bucket: string): Archive => ({
  async keep(link) {
    try {
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key: archiveKey(link),
          Body: canonical(link),
          ContentType: 'application/json',
          IfNoneMatch: '*',
        }),
      );
    } catch (error) {
      if (!(error instanceof Error && error.name === 'PreconditionFailed')) throw error;
    }
  },
});
