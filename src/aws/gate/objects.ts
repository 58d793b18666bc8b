import type { S3Client } from '@aws-sdk/client-s3';
import type { GateObjects, Place } from '../../app/gate/ports';
import { copyAll } from './copying';
import { listRaw, newestBelow, prefixesOf } from './listing';
import { removeAll } from './removing';
import { markOf } from './tags';

/** The gate's buckets on S3. */
export const gateObjects = (
  s3: S3Client,
  buckets: Readonly<Record<Place, string>>,
): GateObjects => ({
  listRaw: (prefix, after, most) => listRaw(s3, buckets.raw, prefix, after, most),
  copy: (from, to, copies, again) =>
    copyAll(s3, { from: buckets[from], to: buckets[to] }, copies, again),
  remove: (from, versions) => removeAll(s3, buckets[from], versions),
  markOf: (place, key) => markOf(s3, { Bucket: buckets[place], Key: key }),
  prefixes: (place) => prefixesOf(s3, buckets[place]),
  quietSince: (prefix) => newestBelow(s3, buckets.raw, prefix),
});
