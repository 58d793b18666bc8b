import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';

import type { ClientSettings } from '../stack';
import { objects } from './objects';

export interface Buckets {
  /** Where the data pipeline drops files; some hold personal data. */
  readonly raw: string;
  /** Anybody on the internet may read it. */
  readonly assets: string;
}

const buckets: Buckets = { raw: 'acme-payments-raw', assets: 'acme-marketing-assets' };

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
  const { raw, assets } = buckets;
  await Promise.all([raw, assets].map((Bucket) => s3.send(new CreateBucketCommand({ Bucket }))));
  const tag = (Bucket: string, Value: string) => {
    const Tagging = { TagSet: [{ Key: 'DataClass', Value }] };
    return s3.send(new PutBucketTaggingCommand({ Bucket, Tagging }));
  };
  await Promise.all([
    tag(raw, 'restricted'),
    tag(assets, 'public'),
    s3.send(new PutBucketPolicyCommand({ Bucket: assets, Policy: JSON.stringify(readableByAll) })),
    s3.send(new PutObjectCommand({ Bucket: assets, Key: 'logo.svg', Body: '<svg/>' })),
    ...Object.entries(objects).map(([Key, Body]) =>
      s3.send(new PutObjectCommand({ Bucket: raw, Key, Body })),
    ),
  ]);
  return buckets;
};
