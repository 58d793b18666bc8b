import { canonical, hash, type Json } from '../../domain/canonical';
import { Told } from '../../domain/errors';
import { unlessAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';

/** Findings of one type in one bucket, or of one object of it. */
export type FindingsFilter = {
  readonly type: string;
  readonly bucket: string;
  readonly key?: string;
};

/** `id` is empty where no filter has our name. `ours`: it says what we made it say. */
export type FilterState = { readonly id: string; readonly ours: boolean };

/** A filter that archives: Macie keeps such findings, and tells nobody of them. */
export const createFindingsFilter: Reversible<FindingsFilter, FilterState> = {
  kind: 'macie2.create-findings-filter',
  describe: ({ type, bucket, key }) =>
    `Archive new findings ${type} of ${key === undefined ? 'the bucket' : 'one object of'} ${bucket}`.slice(
      0,
      149,
    ),
  read: (aws, input) => readFilter(aws, input),
  holds: ({ ours }) => ours,
  async apply(aws, input, now) {
    if (now.ours) return;
    if (now.id !== '')
      throw new Told(
        `Macie has a filter ${nameOf(input)} that says something else: it stays, look at it first.`,
      );
    await aws.call('macie2:CreateFindingsFilter', {
      name: nameOf(input),
      // Everybody who may list filters reads this, so it names no data.
      description: 'Made by Drawbridge after an approval. Its undo deletes this filter.',
      action: 'ARCHIVE',
      findingCriteria: { criterion: criterionOf(input) },
    });
  },
  async undo(aws, _, before, now) {
    if (!before.ours && now.ours)
      await unlessAbsent(
        aws.call('macie2:DeleteFindingsFilter', { id: now.id }),
        'ResourceNotFoundException',
      );
  },
  restored: (now, _, before) => before.ours || !now.ours,
  drift: (after, now) => {
    if (after.id === now.id && after.ours === now.ours) return [];
    return [now.id === '' ? 'the filter was deleted since' : 'the filter was changed since'];
  },
  permissions: {
    read: ['macie2:GetFindingsFilter', 'macie2:ListFindingsFilters'],
    apply: ['macie2:CreateFindingsFilter'],
    undo: ['macie2:DeleteFindingsFilter'],
  },
};

/** The same for the same findings, so that it is found again; 64 characters at most, and nothing of the key in it. */
export const nameOf = ({ type, bucket, key }: FindingsFilter): string =>
  `drawbridge-${hash([type, bucket, key ?? '']).slice(0, 20)}`;

export const criterionOf = ({ type, bucket, key }: FindingsFilter) => ({
  type: { eq: [type] },
  'resourcesAffected.s3Bucket.name': { eq: [bucket] },
  ...(key !== undefined && { 'resourcesAffected.s3Object.key': { eq: [key] } }),
});

export const readFilter = async (aws: Aws, input: FindingsFilter): Promise<FilterState> => {
  const id = await idOf(aws, nameOf(input));
  const found =
    id &&
    (await unlessAbsent(aws.call('macie2:GetFindingsFilter', { id }), 'ResourceNotFoundException'));
  if (!id || !found) return { id: '', ours: false };
  const criterion = (found.findingCriteria?.criterion ?? {}) as Json;
  const same = canonical(criterion) === canonical(criterionOf(input));
  return { id, ours: found.action === 'ARCHIVE' && same };
};

const idOf = async (aws: Aws, wanted: string): Promise<string | undefined> => {
  let from: string | undefined;
  do {
    const page = await aws.call('macie2:ListFindingsFilters', { ...(from && { nextToken: from }) });
    const found = page.findingsFilterListItems?.find(({ name }) => name === wanted);
    if (found) return found.id;
    from = page.nextToken;
  } while (from);
  return undefined;
};
