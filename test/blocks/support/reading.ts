import { isJson, type Json } from '../../../sandbox/slack/json';

/** Every object in a message or view, at any depth. */
export const parts = (value: unknown): Json[] => {
  if (Array.isArray(value)) return value.flatMap(parts);
  if (!isJson(value)) return [];
  return [value, ...Object.values(value).flatMap(parts)];
};

/** All that people read, in order, as one text. */
export const words = (value: unknown): string =>
  parts(value)
    .map((each) => each['text'])
    .filter((text) => typeof text === 'string')
    .join(' ')
    .replace(/\s+/g, ' ');

/** The words of the buttons, in order. */
export const buttonsOf = (blocks: readonly unknown[]): string[] =>
  parts(blocks)
    .filter(({ type }) => type === 'button')
    .map(({ text }) => words(text));

/** People, groups, links and the like that are really live. */
export const liveLeaves = (value: unknown): Json[] =>
  parts(value).filter(({ type }) =>
    ['user', 'usergroup', 'link', 'channel', 'broadcast', 'emoji'].includes(String(type)),
  );
