import { GetObjectTaggingCommand, type S3Client, type Tag } from '@aws-sdk/client-s3';
import { failureOf } from './refusals';

/** The tag that says which object of which run stands there: `<run>.<ref>`. */
export const markTag = 'drawbridge:object';

type Tags = Readonly<Record<string, string>>;
const most = 10;

export const tagsOf = async (
  s3: S3Client,
  at: { Bucket: string; Key: string; VersionId?: string },
): Promise<Tags> => {
  const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand(at));
  return record(TagSet);
};

const record = (tags: readonly Tag[]): Tags =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

/** S3 has room for ten: ours all stay, then its own by name (D24). */
export const merged = (own: Tags, ours: Tags): { tags: Tags; dropped: readonly string[] } => {
  const others = Object.keys(own)
    .filter((name) => !(name in ours))
    .sort();
  const room = Math.max(0, most - Object.keys(ours).length);
  const kept = others.slice(0, room).map((name) => [name, own[name] ?? '']);
  return { tags: { ...Object.fromEntries(kept), ...ours }, dropped: others.slice(room) };
};

/** As S3 takes tags in a header: a query string. */
export const tagging = (tags: Tags): string =>
  Object.entries(tags)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');

export const markOf = async (
  s3: S3Client,
  at: { Bucket: string; Key: string; VersionId?: string },
): Promise<string | undefined> => {
  try {
    return (await tagsOf(s3, at))[markTag];
  } catch (error) {
    const { name } = failureOf(error);
    if (/^(NoSuchKey|NoSuchVersion|NotFound|MethodNotAllowed)$/.test(name)) return undefined;
    throw error;
  }
};
