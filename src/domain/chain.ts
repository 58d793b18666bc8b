import type { Json } from './canonical';
import { Told } from './errors';

/** What a step gives to later ones: short texts by name. */
export type Output = Readonly<Record<string, string>>;

/** `steps.2.ticket.id`: the step's number from 1, and the name of what it gave. */
export const stepPath = /^steps\.([1-9]\d?)\.([\w.:/-]{1,100})$/;

/** Where the output of an earlier step will stand in the input of a chained step. */
export const reference = (step: number, name: string): string => `\${steps.${step}.${name}}`;

/** Text of ours or from outside that must come out of `fill` as it went in, whatever it looks like. */
export const literal = (text: string): string => text.replaceAll('$', '$$$$');

/**
 * Puts outputs in place of references, in every string of the input. What is put in is data: it is never read again. An
 * output that is missing is an error in words, since a call with a hole in it is worse than none.
 * @param outputs by step, in order
 */
export const fill = (input: Json, outputs: readonly (Output | undefined)[]): Json => {
  if (typeof input === 'string')
    return input.replace(/\$\$|\$\{([^{}]*)\}/g, (_, path: string | undefined) =>
      path === undefined ? '$' : valueOf(path, outputs),
    );
  if (input === null || typeof input !== 'object') return input;
  if (isList(input)) return input.map((each) => fill(each, outputs));
  return Object.fromEntries(
    Object.entries(input).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, fill(value, outputs)]],
    ),
  );
};

const valueOf = (path: string, outputs: readonly (Output | undefined)[]): string => {
  const [, step, name = ''] = stepPath.exec(path) ?? [];
  if (!step) throw new Told(`“${path}” names no output of a step.`);
  const output = outputs[Number(step) - 1] ?? {};
  const value = Object.hasOwn(output, name) ? output[name] : undefined;
  if (value !== undefined) return value;
  const names = Object.keys(output);
  const gave = names.length > 0 ? `it gave ${names.slice(0, 10).join(', ')}` : 'it gave nothing';
  throw new Told(`“${name}” of step ${step} is needed here, and ${gave}.`);
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const mostBytes = 8192;

/** As much of an output as is kept: 8 KB, whole values only. */
export const kept = (output: Output): Output => {
  let left = mostBytes;
  return Object.fromEntries(
    Object.entries(output).filter(([name, value]) => {
      left -= Buffer.byteLength(name) + Buffer.byteLength(value);
      return left >= 0;
    }),
  );
};
