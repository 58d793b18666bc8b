import { createHash } from 'node:crypto';
import type { JobRequest, Scoping } from './job-request';
import type { ObjectSummary, Tag } from './objects';

type Term = NonNullable<NonNullable<Scoping['includes']>['and']>[number];
type Simple = NonNullable<Term['simpleScopeTerm']>;

/** Case-sensitive and without the dot, as scope terms compare it. */
export function extensionOf(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '';
}

function compare(value: number, comparator: Simple['comparator'], wanted: number): boolean {
  switch (comparator) {
    case 'EQ':
      return value === wanted;
    case 'NE':
      return value !== wanted;
    case 'GT':
      return value > wanted;
    case 'GTE':
      return value >= wanted;
    case 'LT':
      return value < wanted;
    case 'LTE':
      return value <= wanted;
    case 'CONTAINS':
    case 'STARTS_WITH':
      return false;
  }
}

function simpleHolds(object: ObjectSummary, { key, comparator, values }: Simple): boolean {
  const [first = ''] = values;
  switch (key) {
    case 'OBJECT_KEY':
      return values.some((value) => object.key.startsWith(value));
    case 'OBJECT_EXTENSION':
      return values.includes(extensionOf(object.key)) === (comparator === 'EQ');
    case 'OBJECT_SIZE':
      return compare(object.size, comparator, Number(first));
    case 'OBJECT_LAST_MODIFIED_DATE':
      return compare(object.lastModified.getTime(), comparator, Date.parse(first));
  }
}

async function holds(object: ObjectSummary, term: Term, tags: () => Promise<Tag[]>) {
  const { simpleScopeTerm, tagScopeTerm } = term;
  if (simpleScopeTerm && !simpleHolds(object, simpleScopeTerm)) return false;
  if (!tagScopeTerm) return true;
  const has = await tags();
  const hit = tagScopeTerm.tagValues.some(({ key, value }) =>
    has.some((tag) => tag.key === key && (value === '' || tag.value === value)),
  );
  return hit === (tagScopeTerm.comparator === 'EQ');
}

async function allHold(object: ObjectSummary, terms: Term[], tags: () => Promise<Tag[]>) {
  for (const term of terms) if (!(await holds(object, term, tags))) return false;
  return true;
}

/** Excludes win over includes; tags are only fetched for terms that need them. */
export async function inScope(
  object: ObjectSummary,
  scoping: Scoping | undefined,
  tags: () => Promise<Tag[]>,
): Promise<boolean> {
  const includes = scoping?.includes?.and ?? [];
  const excludes = scoping?.excludes?.and ?? [];
  if (excludes.length > 0 && (await allHold(object, excludes, tags))) return false;
  return allHold(object, includes, tags);
}

/** AWS picks at random; here the choice follows from the key, so that runs can be repeated. */
export function inSample(key: string, percentage: JobRequest['samplingPercentage']): boolean {
  const [byte = 0, next = 0] = createHash('sha256').update(key).digest();
  return ((byte * 256 + next) % 100) + 1 <= percentage;
}
