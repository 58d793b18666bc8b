import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';
import { readInstance } from './require-imdsv2';

export type TagInstance = {
  readonly instanceId: string;
  /**
   * By key. The role in the account may set those keys only that its template lists. An instance takes 50 tags, and its
   * metadata may show them inside.
   */
  readonly tags: Readonly<Record<string, string>>;
};

/** Of the tags asked for those that are there. */
export type InstanceTags =
  | { readonly gone: true }
  | { readonly gone: false; readonly tags: Readonly<Record<string, string>> };

export const tagInstance: Reversible<TagInstance, InstanceTags> = {
  kind: 'ec2.tag-instance',
  describe: ({ instanceId, tags }) =>
    `Tag ${instanceId} with ${Object.keys(tags).join(', ')}`.slice(0, 140),
  async read(aws, { instanceId, tags }) {
    const instance = await readInstance(aws, instanceId);
    if (!instance) return { gone: true };
    const own = (instance.Tags ?? []).filter(({ Key = '' }) => Object.hasOwn(tags, Key));
    return {
      gone: false,
      tags: Object.fromEntries(own.map(({ Key = '', Value = '' }) => [Key, Value])),
    };
  },
  holds: (now, { tags }) =>
    now.gone || Object.entries(tags).every(([key, value]) => now.tags[key] === value),
  async apply(aws, { instanceId, tags }, now) {
    if (now.gone) return;
    await setTags(
      aws,
      instanceId,
      Object.entries(tags).filter(([key, value]) => now.tags[key] !== value),
    );
  },
  async undo(aws, { instanceId, tags }, before, now) {
    if (before.gone || now.gone) return;
    const ours = oursIn(tags, before.tags, now.tags);
    const old = ours.flatMap(([key]) => {
      const value = before.tags[key];
      return value === undefined ? [] : [[key, value] as const];
    });
    await setTags(aws, instanceId, old);
    await removeTags(
      aws,
      instanceId,
      ours.filter(([key]) => before.tags[key] === undefined),
    );
  },
  restored: (now, { tags }, before) =>
    now.gone || before.gone || oursIn(tags, before.tags, now.tags).length === 0,
  drift: (after, now) => {
    if (now.gone) return after.gone ? [] : ['the instance was terminated since'];
    if (after.gone) return ['the instance is there again'];
    const keys = new Set([...Object.keys(after.tags), ...Object.keys(now.tags)]);
    return [...keys]
      .filter((key) => after.tags[key] !== now.tags[key])
      .map((key) => `the tag ${key} was ${key in now.tags ? 'changed' : 'removed'} since`);
  },
  permissions: {
    read: ['ec2:DescribeInstances'],
    apply: ['ec2:CreateTags'],
    undo: ['ec2:CreateTags', 'ec2:DeleteTags'],
  },
};

type Tags = Readonly<Record<string, string>>;

/** Tags that still have the value which we gave them, and had another before. */
const oursIn = (wanted: Tags, before: Tags, now: Tags): [string, string][] =>
  Object.entries(wanted).filter(([key, value]) => now[key] === value && before[key] !== value);

const toTag = ([Key, Value]: readonly [string, string]) => ({ Key, Value });

const setTags = async (
  aws: Aws,
  id: string,
  tags: readonly (readonly [string, string])[],
): Promise<void> => {
  if (tags.length === 0) return;
  await aws.call('ec2:CreateTags', { Resources: [id], Tags: tags.map(toTag) });
};

/** With its value, so that a tag which somebody has changed a moment ago stays. */
const removeTags = async (
  aws: Aws,
  id: string,
  tags: readonly (readonly [string, string])[],
): Promise<void> => {
  if (tags.length === 0) return;
  try {
    await aws.call('ec2:DeleteTags', { Resources: [id], Tags: tags.map(toTag) });
  } catch (error) {
    if (!isAwsError(error, 'InvalidInstanceID.NotFound')) throw error;
  }
};
