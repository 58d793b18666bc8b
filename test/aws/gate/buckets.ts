import type { Copy, GateObjects, Place, RawVersion } from '../../../src/app/gate/ports';
import { gateObjects } from '../../../src/aws/gate/objects';
import { MemoryS3Gate } from '../../support/memory-s3-gate';

export const buckets: Record<Place, string> = {
  raw: 'raw-bucket',
  stage: 'stage-bucket',
  review: 'review-bucket',
  released: 'released-bucket',
  quarantine: 'quarantine-bucket',
};

export const mark = 'drawbridge:object';

/** Keys that need care in a header, a query, XML or a path. */
export const hostileKeys = [
  'a b+c?versionId=x&y=z.csv',
  'ünïcödé/日本語/😀.json',
  '../../etc/passwd',
  'a/../b/./c//d',
  '100%25 of "it" <b>&amp;</b>',
  "it's (all)! *fine*~",
  'ends with space ',
  '/leading/slash',
  'line\r\nbreak\tand\u0001control',
];

/** The gate on an S3 in memory, all buckets versioned. */
export const aGate = () => {
  const s3 = new MemoryS3Gate(...Object.values(buckets));
  const objects: GateObjects = gateObjects(s3.client, buckets);
  return { s3, objects, raw: s3.bucket(buckets.raw), stage: s3.bucket(buckets.stage) };
};

export const copyOf = (
  { raw, size, storageClass }: RawVersion,
  more: Partial<Copy> = {},
): Copy => ({
  source: raw,
  size,
  ...(storageClass && { storageClass }),
  to: `gate-0000000000/000001/${raw.key}`,
  ...more,
});

/** What is listed, as copies to the stage. */
export const listedAsCopies = async (objects: GateObjects, more: Partial<Copy> = {}) => {
  const { versions } = await objects.listRaw('', undefined, 500);
  return versions.map((each) => copyOf(each, more));
};
