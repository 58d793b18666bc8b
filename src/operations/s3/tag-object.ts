import { Told } from '../../domain/errors';
import { unlessAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';

/** One tag of an object, as it is now: tags belong to a version. */
export type TagObject = {
  readonly bucket: string;
  readonly key: string;
  readonly account: string;
  readonly name: string;
  readonly value: string;
};

/** All tags, by key: S3 writes them whole. */
export type ObjectTags =
  | { readonly gone: true }
  | { readonly gone: false; readonly tags: Readonly<Record<string, string>> };

const most = 10;

export const tagObject: Reversible<TagObject, ObjectTags> = {
  kind: 's3.tag-object',
  describe: ({ name, bucket }) => `Tag the object of ${bucket} with ${name}`,
  read: (aws, input) => readTags(aws, input),
  holds: (now, { name, value }) => now.gone || now.tags[name] === value,
  async apply(aws, input, now) {
    const { name, value } = input;
    if (now.gone || now.tags[name] === value) return;
    const tags = { ...now.tags, [name]: value };
    if (Object.keys(tags).length > most)
      throw new Told(`The object has ${most} tags, as many as S3 takes: ${name} does not fit.`);
    await put(aws, input, tags);
  },
  async undo(aws, input, before, now) {
    if (!isOurs(now, input) || before.gone || isOurs(before, input)) return;
    const { [input.name]: _, ...others } = now.gone ? {} : now.tags;
    const old = before.tags[input.name];
    await put(aws, input, old === undefined ? others : { ...others, [input.name]: old });
  },
  restored: (now, input, before) => before.gone || isOurs(before, input) || !isOurs(now, input),
  drift: (after, now) => {
    if (now.gone) return after.gone ? [] : ['the object was deleted since'];
    if (after.gone) return ['the object is there again'];
    const keys = new Set([...Object.keys(after.tags), ...Object.keys(now.tags)]);
    return [...keys]
      .filter((key) => after.tags[key] !== now.tags[key])
      .map((key) => `the tag ${key} was ${key in now.tags ? 'changed' : 'removed'} since`);
  },
  permissions: {
    read: ['s3:GetObjectTagging'],
    apply: ['s3:PutObjectTagging'],
    undo: ['s3:PutObjectTagging'],
  },
};

const isOurs = (now: ObjectTags, { name, value }: TagObject): boolean =>
  !now.gone && now.tags[name] === value;

const objectOf = ({ bucket: Bucket, key: Key, account: ExpectedBucketOwner }: TagObject) => ({
  Bucket,
  Key,
  ExpectedBucketOwner,
});

/** A delete marker has no tags: S3 says so by MethodNotAllowed. */
const readTags = async (aws: Aws, input: TagObject): Promise<ObjectTags> => {
  const found = await unlessAbsent(
    aws.call('s3:GetObjectTagging', objectOf(input)),
    'NoSuchKey',
    'MethodNotAllowed',
  );
  if (!found) return { gone: true };
  const tags = (found.TagSet ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return { gone: false, tags: Object.fromEntries(tags) };
};

const put = async (
  aws: Aws,
  input: TagObject,
  tags: Readonly<Record<string, string>>,
): Promise<void> => {
  const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await aws.call('s3:PutObjectTagging', { ...objectOf(input), Tagging: { TagSet } });
};
