import { chosen, type Asked } from '../../domain/playbook';
import { isAwsError, type Aws } from '../../operations/aws';
import {
  criterionOf,
  readFilter,
  type FilterState,
  type FindingsFilter,
} from '../../operations/macie2/create-findings-filter';
import { suppressMacieFindings } from './facts';

export type FilterFacts =
  /** No finding of Macie was given: what to suppress is not known. */
  | { kind: 'no finding' }
  | { kind: 'off' }
  | {
      kind: 'filter';
      filter: FindingsFilter;
      state: FilterState;
      /** Findings of the last 30 days that it would have hidden. */
      hidden: number;
    };

export const permissions = [
  'macie2:GetFindingStatistics',
  'macie2:GetFindingsFilter',
  'macie2:ListFindingsFilters',
] as const;

const days30 = 30 * 24 * 3_600_000;

export const read = async (aws: Aws, asked: Asked): Promise<FilterFacts> => {
  const filter = filterFor(asked);
  if (!filter) return { kind: 'no finding' };
  try {
    const state = await readFilter(aws, filter);
    const hidden = state.ours ? 0 : await countHidden(aws, filter, asked.now);
    return { kind: 'filter', filter, state, hidden };
  } catch (error) {
    // Macie gives this to whoever asks while it is off.
    if (isAwsError(error, 'AccessDeniedException')) return { kind: 'off' };
    throw error;
  }
};

const types = /^(Policy:IAMUser|SensitiveData:S3Object)\/\w{1,64}$/;

/** What the finding says of itself: its type, and its object where it has one and only that one is meant. */
const filterFor = ({ target, finding, options }: Asked): FindingsFilter | undefined => {
  if (finding?.product !== 'Macie' || !types.test(finding.type)) return undefined;
  const start = `:s3:::${target.id}/`;
  const object = finding.resources.find(
    ({ kind, id }) => kind === 'AwsS3Object' && id.includes(start),
  );
  const alone = object && chosen(suppressMacieFindings, options).includes('object');
  return {
    type: finding.type,
    bucket: target.id,
    ...(alone && { key: object.id.slice(object.id.indexOf(start) + start.length) }),
  };
};

const countHidden = async (aws: Aws, filter: FindingsFilter, now: string): Promise<number> => {
  const { countsByGroup = [] } = await aws.call('macie2:GetFindingStatistics', {
    groupBy: 'type',
    findingCriteria: {
      criterion: {
        ...criterionOf(filter),
        archived: { eq: ['false'] },
        updatedAt: { gte: Date.parse(now) - days30 },
      },
    },
  });
  return countsByGroup.reduce((sum, { count = 0 }) => sum + count, 0);
};
