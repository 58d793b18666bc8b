import type { Json } from './canonical';
import { literal, reference, stepPath } from './chain';
import { Told } from './errors';
import type { Asked } from './playbook';

/** `{{target.id}}`: where a declared step is told of the finding, its target, or what an earlier step gave. */
const mark = /\{\{([^{}]*)\}\}/g;

/** The closed list. What is not here cannot be said: no environment, no secret, no state. */
export const names = [
  'target.id',
  'target.kind',
  'target.account',
  'target.region',
  'finding.id',
  'finding.title',
  'finding.severity',
  'finding.type',
  'finding.control',
  'finding.account',
  'finding.region',
] as const;
type Name = (typeof names)[number];

/** What each name stands for here; absent where the finding does not say it. */
export type Values = { readonly [N in Name]?: string | undefined };

export const valuesOf = ({ target, control, finding }: Asked): Values => ({
  'target.id': target.id,
  'target.kind': target.kind,
  'target.account': target.account,
  'target.region': target.region,
  'finding.id': finding?.id,
  'finding.title': finding?.title,
  'finding.severity': finding?.severity,
  'finding.type': finding?.type,
  'finding.control': control,
  'finding.account': finding?.account,
  'finding.region': finding?.region,
});

/** The paths of all marks in a value, and words for each brace that is no mark. */
export const marksIn = (value: Json): { paths: string[]; broken: string[] } => {
  const texts = textsOf(value);
  return {
    paths: texts.flatMap((text) => [...text.matchAll(mark)].map(([, path]) => String(path).trim())),
    broken: texts.filter((text) => /\{\{|\}\}/.test(text.replace(mark, ''))),
  };
};

const textsOf = (value: Json | undefined): string[] => {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsOf);
};

/** Does it speak of outputs, which are known only when its time has come? */
export const isChained = (value: Json): boolean =>
  marksIn(value).paths.some((path) => stepPath.test(path));

/** The value with its marks filled in, as the plan fixes it: outputs become references (see chain.ts). */
export const rendered = <T extends Json>(value: T, values: Values): T => {
  const chained = isChained(value);
  const own = chained ? literal : (text: string) => text;
  return mapTexts(value, (text) =>
    parts(text)
      .map((part) => ('text' in part ? own(part.text) : filled(part.path, values, own, reference)))
      .join(''),
  );
};

/** The same as people read it: outputs become words. */
export const told = <T extends Json>(value: T, values: Values): T => {
  const words = (step: number, name: string): string => `‹${name} of step ${step}›`;
  return mapTexts(value, (text) =>
    parts(text)
      .map((part) =>
        'text' in part ? part.text : filled(part.path, values, (each) => each, words),
      )
      .join(''),
  );
};

type Part = { text: string } | { path: string };

const parts = (text: string): Part[] =>
  text.split(mark).map((part, index) => (index % 2 === 0 ? { text: part } : { path: part.trim() }));

const filled = (
  path: string,
  values: Values,
  own: (text: string) => string,
  output: (step: number, name: string) => string,
): string => {
  const found = stepPath.exec(path);
  if (found) return output(Number(found[1]), String(found[2]));
  const value = isName(path) ? values[path] : undefined;
  if (value === undefined)
    throw new Told(`This tool has to be told ${path}, which is not known here.`);
  return own(value);
};

export const isName = (path: string): path is Name => names.some((name) => name === path);

/** Maps strings to strings, and so keeps the shape. */
const mapTexts = <T extends Json>(value: T, map: (text: string) => string): T =>
  mapped(value, map) as T;

const mapped = (value: Json, map: (text: string) => string): Json => {
  if (typeof value === 'string') return map(value);
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((each) => mapped(each, map));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      member === undefined ? [] : [[key, mapped(member, map)]],
    ),
  );
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
