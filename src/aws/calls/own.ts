import {
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import type { Artefact, OwnCalls } from '../../operations/calls/own';
import type { Callers } from './callers';

const longest = 60_000;

/** Where evidence is kept: a bucket of ours with Object Lock, not one of the account that is looked at. */
export interface EvidenceStore {
  s3: S3Client;
  bucket: string;
  sleep: (milliseconds: number) => Promise<void>;
}

/** `evidence/<remediation>/<step>-<name>`: a step's second try finds what its first one kept. */
const keyOf = (run: string, name: string): string => {
  const [remediation = '', step = ''] = run.split('/');
  return `evidence/${remediation}/${step}-${name.replace(/[^\w.-]/g, '_').slice(0, 120)}`;
};

export const ownCallers = ({ s3, bucket, sleep }: EvidenceStore): Callers<keyof OwnCalls> => {
  const head = async (Key: string): Promise<Artefact> => {
    const found = await s3.send(
      new HeadObjectCommand({ Bucket: bucket, Key, ChecksumMode: 'ENABLED' }),
    );
    return {
      name: Key.slice(Key.lastIndexOf('/') + 1),
      key: Key,
      version: found.VersionId ?? '',
      sha256: found.Metadata?.['sha256'] ?? '',
      size: found.ContentLength ?? 0,
      at: found.LastModified?.toISOString() ?? '',
    };
  };
  return {
    async 'clock:Pause'({ milliseconds }) {
      await sleep(Math.min(milliseconds, longest));
      return {};
    },
    async 'evidence:Keep'({ run, name, content, encoding, type }) {
      const Body = Buffer.from(content, encoding);
      const Key = keyOf(run, name);
      const sha256 = createHash('sha256').update(Body).digest('hex');
      try {
        await s3.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key,
            Body,
            ContentType: type,
            ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
            Metadata: { sha256 },
            IfNoneMatch: '*',
          }),
        );
      } catch (error) {
        // Kept by an earlier try: what was seen first is the evidence.
        if (!(error instanceof Error && error.name === 'PreconditionFailed')) throw error;
      }
      return head(Key);
    },
    async 'evidence:List'({ run }) {
      const Prefix = `evidence/${run.split('/')[0] ?? ''}/`;
      const keys: string[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await s3.send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix,
            ...(ContinuationToken && { ContinuationToken }),
          }),
        );
        keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
      return { artefacts: await Promise.all(keys.map(head)) };
    },
  };
};
