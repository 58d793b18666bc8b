import { policySchema } from '../../tools/policy-schema';

type Node = { [key: string]: unknown; properties?: Record<string, Node>; description?: string };

/** Paths of all names that a person may write, with what is said of them. */
const names = (node: unknown, path = ''): { path: string; words: string | undefined }[] => {
  if (typeof node !== 'object' || node === null) return [];
  const { properties = {}, ...rest } = node as Node;
  return [
    ...Object.entries(properties).flatMap(([name, value]) => [
      { path: `${path}.${name}`, words: value.description },
      ...names(value, `${path}.${name}`),
    ]),
    ...Object.entries(rest).flatMap(([, value]) => names(value, path)),
  ];
};

describe('the schema for editors', () => {
  const all = names(policySchema());

  it('says of every name what it is for', () => {
    const own = all.filter(({ path }) => !path.startsWith('.tools.'));
    expect(own.length).toBeGreaterThan(60);
    expect(own.filter(({ words }) => !words).map(({ path }) => path)).toEqual([]);
  });

  it('takes times as people write them', () => {
    expect(policySchema()).toMatchObject({
      additionalProperties: false,
      properties: { undo: { properties: { within: { type: 'string' } } } },
    });
  });

  it('asks for nothing that has a default', () => {
    expect(policySchema().required).toEqual([
      'version',
      'environment',
      'team',
      'hub',
      'accounts',
      'roles',
      'approval',
      'undo',
      'routing',
    ]);
  });
});
