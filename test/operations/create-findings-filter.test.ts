import {
  createFindingsFilter,
  criterionOf,
  nameOf,
} from '../../src/operations/macie2/create-findings-filter';
import { MemoryAws } from '../support/memory-aws';
import { aFilter, memoryMacie } from '../support/memory-macie';

const run = 'rem-0000000000/0';
const input = { type: 'SensitiveData:S3Object/Personal', bucket: 'acme', key: 'hr/Ada Sample.csv' };

it('is named by what it hides, without any word of it', () => {
  const { key: _, ...ofAll } = input;
  const names = [input, ofAll, { ...input, key: 'b' }, { ...input, type: 'x' }].map(nameOf);

  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name).toMatch(/^drawbridge-[0-9a-f]{20}$/);
});

it('archives this type in this bucket for this object, and describes no data', async () => {
  const aws = new MemoryAws(memoryMacie());

  await createFindingsFilter.apply(aws, input, { id: '', ours: false }, run);

  const sent = aws.calls.at(-1)?.input;
  expect(sent).toMatchObject({
    action: 'ARCHIVE',
    findingCriteria: {
      criterion: {
        type: { eq: [input.type] },
        'resourcesAffected.s3Bucket.name': { eq: ['acme'] },
        'resourcesAffected.s3Object.key': { eq: ['hr/Ada Sample.csv'] },
      },
    },
  });
  expect(JSON.stringify({ ...(sent as object), findingCriteria: undefined })).not.toContain('Ada');
});

describe('a filter of its name that says something else', () => {
  const criterion = { type: { eq: ['Policy:IAMUser/S3BucketPublic'] } };

  it.each([
    ['wider', aFilter({ name: nameOf(input), findingCriteria: { criterion } })],
    [
      'that archives no more',
      aFilter({
        name: nameOf(input),
        action: 'NOOP',
        findingCriteria: { criterion: criterionOf(input) },
      }),
    ],
    ['empty', aFilter({ name: nameOf(input), findingCriteria: {} })],
  ])('%s, is neither written over nor deleted', async (_, filter) => {
    const filters = new Map([['theirs', filter]]);
    const aws = new MemoryAws(memoryMacie(filters));
    const now = await createFindingsFilter.read(aws, input, run);

    expect(now).toEqual({ id: 'theirs', ours: false });
    await expect(createFindingsFilter.apply(aws, input, now, run)).rejects.toThrow(
      /says something else/,
    );
    await createFindingsFilter.undo(aws, input, { id: '', ours: false }, now);
    expect(filters.size).toBe(1);
  });
});

it('deleted by somebody meanwhile is as undone', async () => {
  const filters = new Map([['ours', aFilter({ name: nameOf(input) })]]);
  const aws = new MemoryAws(memoryMacie(filters));
  filters.clear();

  await createFindingsFilter.undo(aws, input, { id: '', ours: false }, { id: 'ours', ours: true });

  expect(aws.calls.map(({ name }) => name)).toEqual(['macie2:DeleteFindingsFilter']);
});

it('tells what became of it', () => {
  const ours = { id: 'a', ours: true };

  expect(createFindingsFilter.drift(ours, { id: '', ours: false })).toEqual([
    'the filter was deleted since',
  ]);
  expect(createFindingsFilter.drift(ours, { id: 'a', ours: false })).toEqual([
    'the filter was changed since',
  ]);
});
