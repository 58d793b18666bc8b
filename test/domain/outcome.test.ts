import * as z from 'zod/mini';
import { Outcome } from '../../src/domain/outcome';
import { heard } from '../../src/domain/outcome-name';
import { textOf } from '../../tools/source';

const doc = textOf('docs/outcomes.md');
const [example = '', filter = ''] = [...doc.matchAll(/```json\n([\s\S]*?)```/g)].map(
  ([, json]) => json,
);

interface Schema {
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  items?: Schema;
}

/** `a.b`, `list[].c` of everything that a schema can hold, and whether it always does. */
const fieldsOf = (schema: Schema, path = '', always = true): Map<string, boolean> => {
  const { properties, required = [], anyOf, items } = schema;
  if (items) return fieldsOf(items, `${path}[]`, false);
  const variants = (anyOf ?? []).map((each) => fieldsOf(each, path, always));
  if (anyOf) {
    const names = new Set(variants.flatMap((each) => [...each.keys()]));
    return new Map(
      [...names].map((name) => [name, variants.every((each) => each.get(name) === true)]),
    );
  }
  if (!properties) return new Map([[path, always]]);
  return new Map(
    Object.entries(properties).flatMap(([name, each]) => [
      ...fieldsOf(each, path ? `${path}.${name}` : name, always && required.includes(name)),
    ]),
  );
};

describe('docs/outcomes.md', () => {
  it('shows an example that is an outcome', () => {
    expect(Outcome.parse(JSON.parse(example))).toMatchObject({ outcome: 'done' });
  });

  it('documents every field, no other, and says rightly which are always there', () => {
    const documented = [...doc.matchAll(/^\| `([\w.[\]]+)`\s+\| (yes)?\s+\|/gm)].map(
      ([, name = '', yes]) => [name, yes === 'yes'] as const,
    );
    const known = fieldsOf(z.toJSONSchema(Outcome) as Schema);

    expect(new Map(documented)).toEqual(known);
  });

  it('explains every outcome', () => {
    const explained = [...doc.matchAll(/^\| `([a-z-]+)`\s+\| [^|]+\|$/gm)]
      .map(([, name]) => name)
      .slice(1);

    expect(explained).toEqual([...heard]);
  });

  it('filters by attributes that are sent, with values that they can have', () => {
    const policy = JSON.parse(filter) as Record<string, string[]>;
    const sent = ['outcome', 'environment', 'severity', 'account', 'playbook'];

    expect(Object.keys(policy).filter((name) => !sent.includes(name))).toEqual([]);
    expect(policy['outcome']?.filter((name) => !heard.some((each) => each === name))).toEqual([]);
  });

  it('gives commands whose JSON is JSON, and whose policies are too', () => {
    const given = [...doc.matchAll(/'(\{.*\})'/g)].map(
      ([, json = '']) => JSON.parse(json) as Record<string, string>,
    );
    const inner = given.flatMap(({ FilterPolicy, Policy }) => [FilterPolicy, Policy]);

    expect(given).toHaveLength(3);
    for (const text of inner) if (text) expect(JSON.parse(text)).toBeTruthy();
  });
});

it('an outcome with a field that nobody documented is none', () => {
  const more = { ...(JSON.parse(example) as object), token: 'x' };

  expect(Outcome.safeParse(more).success).toBe(false);
});
