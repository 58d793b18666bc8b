import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';

import type { ClientSettings } from '../stack';
import { objects } from './objects';
import { ownedBy, tagList } from './tags';

export interface Buckets {
  /** Where the data pipeline drops files; some hold personal data. */
  readonly raw: string;
  /** A website: anybody on the internet may read it, by its policy. */
  readonly assets: string;
  /** Anybody may write to it and list it, by its ACL. */
  readonly uploads: string;
  /** Where the trails write; nobody logs who reads there. */
  readonly trails: string;
}

const buckets: Buckets = {
  raw: 'acme-payments-raw',
  assets: 'acme-marketing-assets',
  uploads: 'acme-supplier-uploads',
  trails: 'acme-audit-trails',
};

const readableByAll = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'PublicRead',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${buckets.assets}/*`,
    },
  ],
};

export const createBuckets = async (settings: ClientSettings): Promise<Buckets> => {
  const s3 = new S3Client(settings);
  const { raw, assets, uploads, trails } = buckets;
  const byAcl = {
    Bucket: uploads,
    ObjectOwnership: 'ObjectWriter',
    ACL: 'public-read-write',
  } as const;
  await Promise.all([
    ...[raw, assets, trails].map((Bucket) => s3.send(new CreateBucketCommand({ Bucket }))),
    s3.send(new CreateBucketCommand(byAcl)),
  ]);
  const tag = (Bucket: string, owner: string, DataClass: string) => {
    const Tagging = { TagSet: tagList(ownedBy(owner, { DataClass })) };
    return s3.send(new PutBucketTaggingCommand({ Bucket, Tagging }));
  };
  await Promise.all([
    tag(raw, 'orders-team', 'restricted'),
    tag(assets, 'web-team', 'public'),
    tag(uploads, 'orders-team', 'internal'),
    tag(trails, 'platform-team', 'restricted'),
    s3.send(new PutBucketPolicyCommand({ Bucket: assets, Policy: JSON.stringify(readableByAll) })),
    s3.send(
      new PutBucketWebsiteCommand({
        Bucket: assets,
        WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
      }),
    ),
    s3.send(new PutObjectCommand({ Bucket: assets, Key: 'logo.svg', Body: '<svg/>' })),
    ...Object.entries(objects).map(([Key, Body]) =>
      s3.send(new PutObjectCommand({ Bucket: raw, Key, Body })),
    ),
  ]);
  return buckets;
};
