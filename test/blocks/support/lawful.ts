import type { Json } from '../../../sandbox/slack/json';
import { decodeClick } from '../../../blocks/intent';
import { ann, rita } from '../../support/people';
import { permalink } from './desk';
import { liveLeaves, parts } from './reading';
import { policy } from './samples';

const known = new Set([
  rita.id,
  ann.id,
  ...Object.values(policy.roles).flatMap(({ users, groups }) => [...users, ...groups]),
]);

/** Links that Slack made for us; all others are made of checked parts (see the tests of console links). */
const isOurs = ({ type, url }: ReturnType<typeof liveLeaves>[number]): boolean =>
  type === 'link' && url === permalink;

/** Nothing is markup, and only those are mentioned whom the policy or a signed request names. */
export const expectInert = (shown: unknown) => {
  expect(parts(shown).filter(({ type }) => type === 'mrkdwn' || type === 'markdown')).toEqual([]);
  expect(parts(shown).filter(({ type, emoji }) => type === 'plain_text' && emoji)).toEqual([]);
  const strangers = liveLeaves(shown).filter(
    (leaf) => !known.has(String(leaf['user_id'] ?? leaf['usergroup_id'])) && !isOurs(leaf),
  );
  expect(strangers).toEqual([]);
};

export const expectReadable = (shown: unknown) => {
  const texts = parts(shown).flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  expect(texts.filter((text) => text === '' || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(text))).toEqual([]);
};

export const pressable = (shown: unknown) =>
  parts(shown).filter(({ type }) => type === 'button' || type === 'static_select');

/** Each has an id of its own, and the server reads each value back. */
export const expectPressable = (shown: unknown) => {
  const all = pressable(shown);
  expect(new Set(all.map(({ action_id }) => action_id)).size).toBe(all.length);
  for (const { action_id, value, options, url } of all.filter(isPressed)) {
    const values = Array.isArray(options) ? options.map((each) => each.value) : [value];
    for (const each of url ? [] : values)
      expect(decodeClick(String(action_id), String(each))).toBeDefined();
  }
};
/** A menu in a form is read with the form. */
const isPressed = ({ action_id }: Json): boolean => String(action_id).startsWith('v1:');
