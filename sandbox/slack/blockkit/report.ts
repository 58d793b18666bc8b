import { isJson, type Json } from '../json';

/** `code` is what the Web API method answers in `error`; `pointer` is a JSON pointer to the part that is wrong. */
export interface Problem {
  code: string;
  pointer: string;
  message: string;
}

/** Collects problems while walking; `at` gives the pointer so far. */
export interface Report {
  at: string;
  problems: Problem[];
  code: string;
}

export const into = (report: Report, key: string | number): Report => ({
  ...report,
  at: `${report.at}/${key}`,
});

export function fail(report: Report, message: string, code = report.code): void {
  report.problems.push({ code, pointer: report.at, message });
}

/** Slack's own words, so that a message seen here can be searched for. */
export const asSlackWrites = (one: Problem): string =>
  `[ERROR] ${one.message} [json-pointer:${one.pointer || '/'}]`;

export function checkString(report: Report, owner: Json, key: string, max: number, need = false) {
  const value = owner[key];
  if (value === undefined) {
    if (need) fail(report, `missing required field: ${key}`);
    return;
  }
  const here = into(report, key);
  if (typeof value !== 'string') fail(here, 'must be a string');
  else if (need && value.length === 0) fail(here, 'must be more than 0 characters');
  else if (value.length > max) fail(here, `must be less than ${max + 1} characters`);
}

export interface TextRule {
  max: number;
  plain?: boolean;
  need?: boolean;
}

export function checkText(report: Report, owner: Json, key: string, rule: TextRule): void {
  const value = owner[key];
  if (value === undefined) {
    if (rule.need) fail(report, `missing required field: ${key}`);
    return;
  }
  checkTextObject(into(report, key), value, rule);
}

const textKeys = new Set(['type', 'text', 'emoji', 'verbatim']);

/** `plain`: mrkdwn is not allowed here. */
export function checkTextObject(report: Report, value: unknown, rule: TextRule): void {
  if (!isJson(value)) return fail(report, 'must be an object');
  const types = rule.plain ? ['plain_text'] : ['plain_text', 'mrkdwn'];
  if (typeof value['type'] !== 'string' || !types.includes(value['type'])) {
    fail(into(report, 'type'), `must be ${types.join(' or ')}`);
  }
  checkKeys(report, value, textKeys);
  checkString(report, value, 'text', rule.max, true);
}

/** Slack refuses keys that it does not know, mistyped ones first of all. */
export function checkKeys(report: Report, owner: Json, allowed: ReadonlySet<string>): void {
  for (const key of Object.keys(owner)) {
    if (!allowed.has(key)) fail(report, `invalid additional property: ${key}`);
  }
}

/** The list under `key`, checked for its length. */
export function checkList(
  report: Report,
  owner: Json,
  key: string,
  max: number,
  min = 1,
): unknown[] {
  const value = owner[key];
  if (!Array.isArray(value)) {
    if (value !== undefined) fail(into(report, key), 'must be an array');
    else if (min > 0) fail(report, `missing required field: ${key}`);
    return [];
  }
  if (value.length > max) fail(into(report, key), `no more than ${max} items allowed`);
  if (value.length < min) fail(into(report, key), `no less than ${min} items allowed`);
  return value;
}

/** Characters of all texts, at any depth: what Slack adds up for msg_blocks_too_long. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + textLength(one), 0);
  if (!isJson(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, one]) =>
      sum + (key === 'text' && typeof one === 'string' ? one.length : textLength(one)),
    0,
  );
}
