import { asList, isJson, type Json } from '../json';
import { elementsOf, limits, surfaces, type Surface } from '../limits';
import { checkElement, checkId, type Seen } from './elements';
import { modernBlocks } from './modern-blocks';
import { checkRichText } from './rich-text';
import {
  checkKeys,
  checkList,
  checkString,
  checkText,
  checkTextObject,
  fail,
  into,
  textLength,
  type Report,
} from './report';

export interface Place {
  surface: Surface;
  seen: Seen;
  /** For blocks that hold blocks. */
  checkBlock: (report: Report, block: unknown, place: Place) => void;
}
export type BlockCheck = (report: Report, block: Json, place: Place) => void;

const keys = (...own: string[]): ReadonlySet<string> => new Set(['type', 'block_id', ...own]);

/** Checks each element of a list under `key`. */
const elements =
  (kind: string, max: number): BlockCheck =>
  (report, block, { surface, seen }) => {
    checkList(report, block, 'elements', max).forEach((element, index) => {
      const here = into(into(report, 'elements'), index);
      checkElement(here, element, elementsOf[kind] ?? [], surface, seen);
    });
  };

const classicBlocks: Readonly<Record<string, BlockCheck>> = {
  section(report, block, { surface, seen }) {
    checkKeys(report, block, keys('text', 'fields', 'accessory', 'expand'));
    if (block['text'] === undefined && block['fields'] === undefined) {
      fail(report, 'missing required field: text or fields');
    }
    checkText(report, block, 'text', { max: limits.sectionText });
    if (block['fields'] !== undefined) {
      checkList(report, block, 'fields', limits.fields).forEach((field, index) => {
        checkTextObject(into(into(report, 'fields'), index), field, { max: limits.fieldText });
      });
    }
    if (block['accessory'] !== undefined) {
      const here = into(report, 'accessory');
      checkElement(here, block['accessory'], elementsOf['section'] ?? [], surface, seen);
    }
  },
  header(report, block) {
    checkKeys(report, block, keys('text', 'level'));
    checkText(report, block, 'text', { max: limits.header, plain: true, need: true });
  },
  divider: (report, block) => checkKeys(report, block, keys()),
  context(report, block, place) {
    checkKeys(report, block, keys('elements'));
    elements('context', limits.contextElements)(report, block, place);
  },
  actions(report, block, place) {
    checkKeys(report, block, keys('elements'));
    elements('actions', limits.actionsElements)(report, block, place);
  },
  image(report, block) {
    checkKeys(report, block, keys('image_url', 'slack_file', 'alt_text', 'title'));
    checkString(report, block, 'alt_text', limits.altText, true);
    if (block['slack_file'] === undefined)
      checkString(report, block, 'image_url', limits.url, true);
    checkText(report, block, 'title', { max: limits.imageTitle, plain: true });
  },
  input(report, block, { surface, seen }) {
    checkKeys(report, block, keys('label', 'element', 'dispatch_action', 'hint', 'optional'));
    checkText(report, block, 'label', { max: limits.label, plain: true, need: true });
    checkText(report, block, 'hint', { max: limits.hint, plain: true });
    if (block['element'] === undefined) return fail(report, 'missing required field: element');
    const here = into(report, 'element');
    checkElement(here, block['element'], elementsOf['input'] ?? [], surface, seen);
  },
  rich_text: checkRichText,
  context_actions: elements('context_actions', limits.contextActionsElements),
};

const checks: Readonly<Record<string, BlockCheck>> = { ...classicBlocks, ...modernBlocks };

export function checkBlocks(report: Report, blocks: unknown, place: Place): void {
  if (!Array.isArray(blocks)) return fail(report, 'must be an array');
  const max = limits.blocks[place.surface];
  if (blocks.length > max) fail(report, `no more than ${max} items allowed`);
  blocks.forEach((block, index) => checkBlock(into(report, index), block, place));
  checkMarkdown(report, blocks);
  for (const [type, most] of Object.entries(mostPerMessage)) {
    const count = asList(blocks).filter((one) => isJson(one) && one['type'] === type).length;
    if (count > most) fail(report, `no more than ${most} ${type} block(s) allowed`);
  }
}

/** Characters of all markdown blocks together. */
function checkMarkdown(report: Report, blocks: unknown): void {
  const texts = asList(blocks).filter((one) => isJson(one) && one['type'] === 'markdown');
  const sum = texts.reduce((total: number, one) => total + textLength(one), 0);
  if (sum > limits.markdownText) {
    fail(report, `markdown must be less than ${limits.markdownText + 1} characters together`);
  }
}

const mostPerMessage = { table: 1, plan: 1, data_visualization: 2 };

export function checkBlock(report: Report, block: unknown, place: Place): void {
  if (!isJson(block)) return fail(report, 'must be an object');
  const type = block['type'];
  if (typeof type !== 'string') return fail(report, 'missing required field: type');
  const allowed = surfaces[type];
  if (allowed === undefined || !allowed.includes(place.surface)) {
    return fail(into(report, 'type'), `unsupported type: ${type}`);
  }
  checkId(report, block, 'block_id', place.seen.blockIds);
  // An action_id is unique within its block only: rows of a list may share one.
  const seen = { ...place.seen, actionIds: new Set<string>() };
  checks[type]?.(report, block, { ...place, seen });
}
