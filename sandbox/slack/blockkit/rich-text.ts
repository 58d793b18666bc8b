import { isJson, type Json } from '../json';
import { checkKeys, checkList, checkString, fail, into, type Report } from './report';

const parts = new Set([
  'rich_text_section',
  'rich_text_list',
  'rich_text_quote',
  'rich_text_preformatted',
]);

/** Leaf type → the field it cannot do without. */
const leaves: Readonly<Record<string, string>> = {
  text: 'text',
  link: 'url',
  user: 'user_id',
  usergroup: 'usergroup_id',
  channel: 'channel_id',
  emoji: 'name',
  broadcast: 'range',
  color: 'value',
  date: 'timestamp',
};

export function checkRichText(report: Report, block: Json): void {
  checkKeys(report, block, new Set(['type', 'block_id', 'elements']));
  checkParts(report, block, parts);
}

function checkParts(report: Report, owner: Json, allowed: ReadonlySet<string>): void {
  checkList(report, owner, 'elements', 1_000, 0).forEach((part, index) => {
    const here = into(into(report, 'elements'), index);
    if (!isJson(part)) return fail(here, 'must be an object');
    const type = String(part['type']);
    if (!allowed.has(type)) return fail(into(here, 'type'), `unsupported type: ${type}`);
    if (type === 'rich_text_list') checkParts(here, part, new Set(['rich_text_section']));
    else checkLeaves(here, part);
  });
}

function checkLeaves(report: Report, part: Json): void {
  checkList(report, part, 'elements', 1_000, 0).forEach((leaf, index) => {
    const here = into(into(report, 'elements'), index);
    if (!isJson(leaf)) return fail(here, 'must be an object');
    const need = leaves[String(leaf['type'])];
    if (need === undefined) fail(into(here, 'type'), `unsupported type: ${String(leaf['type'])}`);
    else if (leaf[need] === undefined) fail(here, `missing required field: ${need}`);
    // Slack refuses an empty leaf; an untrusted name that turns out empty is how one gets in.
    else if (need === 'text') checkString(here, leaf, 'text', Infinity, true);
  });
}
