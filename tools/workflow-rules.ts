import validate from 'asl-validator';
import type { Resources } from './iam-rules';

/** Names that Step Functions and Lambda give to failures themselves. */
const known = /^(States|Lambda)\./;

const namesIn = (node: unknown, key: string): string[] => {
  if (Array.isArray(node)) return node.flatMap((each) => namesIn(each, key));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === key ? [value].flat().map(String) : namesIn(value, key),
  );
};

/** A caught name that nothing throws would never be caught. */
export const unknownErrors = (definition: unknown, classes: ReadonlySet<string>): string[] =>
  [...new Set(namesIn(definition, 'ErrorEquals'))]
    .filter((name) => !known.test(name) && !classes.has(name))
    .map((name) => `ErrorEquals names ${name}, which is neither AWS's nor a class of src/`);

/** `export class X extends Error` → X. */
export const errorClassesIn = (text: string): string[] =>
  [...text.matchAll(/\bclass (\w+) extends \w*(?:Error|Told)\b/g)].map(([, name = '']) => name);

const holes = /\$\{(\w+)\}/g;

export const aslFaults = (text: string): string[] => {
  const definition: unknown = JSON.parse(
    text.replace(holes, 'arn:aws:lambda:us-east-1:111122223333:function:any'),
  );
  const { isValid, errorsText } = validate(definition);
  return isValid ? [] : errorsText('\n').split('\n');
};

/** Every hole of a definition is filled, and nothing is given that no hole takes. */
export const substitutionFaults = (resources: Resources): string[] =>
  Object.entries(resources).flatMap(([id, { Type, Properties }]) => {
    if (Type !== 'AWS::StepFunctions::StateMachine') return [];
    const text = JSON.stringify(Properties?.['Definition'] ?? '');
    const used = new Set([...text.matchAll(holes)].map(([, name = '']) => name));
    const given = new Set(Object.keys(Properties?.['DefinitionSubstitutions'] ?? {}));
    return [
      ...[...used].filter((name) => !given.has(name)).map((name) => `${id}: nothing fills ${name}`),
      ...[...given].filter((name) => !used.has(name)).map((name) => `${id}: ${name} fills nothing`),
    ];
  });
