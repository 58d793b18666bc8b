import type { FindingCriteria } from '@aws-sdk/client-macie2';
import { awsError, type Handlers } from './memory-aws';

interface MemoryFilter {
  name: string;
  action: 'ARCHIVE' | 'NOOP';
  findingCriteria: FindingCriteria;
}

/** Findings filters of one Macie in memory, in pages of two, and how many findings it counts. */
export const memoryMacie = (
  filters: Map<string, MemoryFilter> = new Map(),
  { findings = 0, off = false } = {},
): Handlers => {
  const on = () => {
    if (off) throw awsError('AccessDeniedException');
  };
  const found = (id = ''): MemoryFilter => {
    const filter = filters.get(id);
    if (!filter) throw awsError('ResourceNotFoundException');
    return filter;
  };
  return {
    'macie2:ListFindingsFilters': ({ nextToken = '0' }) => {
      on();
      const start = Number(nextToken);
      const all = [...filters].map(([id, { name, action }]) => ({ id, name, action }));
      return {
        findingsFilterListItems: all.slice(start, start + 2),
        ...(start + 2 < all.length && { nextToken: String(start + 2) }),
      };
    },
    'macie2:GetFindingsFilter': ({ id }) => ({ ...found(id) }),
    'macie2:CreateFindingsFilter': ({ name = '', action = 'NOOP', findingCriteria = {} }) => {
      if ([...filters.values()].some((each) => each.name === name))
        throw awsError('ConflictException');
      const id = `filter-${filters.size + 1}`;
      filters.set(id, { name, action, findingCriteria });
      return { id };
    },
    'macie2:DeleteFindingsFilter': ({ id = '' }) => {
      found(id);
      filters.delete(id);
      return {};
    },
    'macie2:GetFindingStatistics': () => ({
      countsByGroup: findings === 0 ? [] : [{ groupKey: 'x', count: findings }],
    }),
  };
};

export const aFilter = (more: Partial<MemoryFilter> = {}): MemoryFilter => ({
  name: 'mine',
  action: 'ARCHIVE',
  findingCriteria: { criterion: {} },
  ...more,
});
