import { asList, isJson, type Json } from '../json';
import { elementsOf, limits } from '../limits';
import type { BlockCheck } from './blocks';
import { checkElement } from './elements';
import { checkRichText } from './rich-text';
import { checkList, checkString, checkText, fail, into, type Report } from './report';

const taskStates = ['pending', 'in_progress', 'complete', 'error'];
const alertLevels = ['default', 'info', 'warning', 'error', 'success'];

function checkOneOf(report: Report, owner: Json, key: string, allowed: readonly string[]): void {
  const value = owner[key];
  if (value !== undefined && (typeof value !== 'string' || !allowed.includes(value))) {
    fail(into(report, key), `must be one of: ${allowed.join(', ')}`);
  }
}

const taskCard = (report: Report, block: Json): void => {
  checkString(report, block, 'task_id', limits.id, true);
  checkString(report, block, 'title', limits.cardTitle, true);
  checkOneOf(report, block, 'status', taskStates);
  for (const key of ['details', 'output']) {
    const text = block[key];
    if (isJson(text)) checkRichText(into(report, key), text);
    else if (text !== undefined) fail(into(report, key), 'must be an object');
  }
};

const card: BlockCheck = (report, block, { surface, seen }) => {
  const parts = ['hero_image', 'title', 'body', 'actions'];
  if (parts.every((key) => block[key] === undefined)) {
    fail(report, `missing required field: one of ${parts.join(', ')}`);
  }
  checkText(report, block, 'title', { max: limits.cardTitle });
  checkText(report, block, 'subtitle', { max: limits.cardTitle });
  checkText(report, block, 'body', { max: limits.cardBody });
  checkList(report, block, 'actions', limits.cardActions, 0).forEach((button, index) => {
    const here = into(into(report, 'actions'), index);
    checkElement(here, button, elementsOf['card'] ?? [], surface, seen);
  });
};

/** Blocks of 2025 and later. */
export const modernBlocks: Readonly<Record<string, BlockCheck>> = {
  alert(report, block) {
    checkText(report, block, 'text', { max: limits.sectionText, need: true });
    checkOneOf(report, block, 'level', alertLevels);
  },
  markdown: (report, block) => checkString(report, block, 'text', limits.markdownText, true),
  table(report, block) {
    checkList(report, block, 'rows', limits.tableRows).forEach((row, index) => {
      const here = into(into(report, 'rows'), index);
      const cells = asList(row).length;
      if (cells === 0) fail(here, 'no less than 1 items allowed');
      if (cells > limits.tableCells) fail(here, `no more than ${limits.tableCells} items allowed`);
    });
  },
  task_card: taskCard,
  plan(report, block) {
    checkString(report, block, 'title', limits.cardTitle, true);
    checkList(report, block, 'tasks', limits.blocks.message, 0).forEach((task, index) => {
      const here = into(into(report, 'tasks'), index);
      if (isJson(task)) taskCard(here, task);
      else fail(here, 'must be an object');
    });
  },
  card,
  carousel(report, block, place) {
    checkList(report, block, 'elements', limits.carouselCards).forEach((one, index) => {
      const here = into(into(report, 'elements'), index);
      if (isJson(one) && one['type'] === 'card') card(here, one, place);
      else fail(into(here, 'type'), 'must be card');
    });
  },
  container(report, block, place) {
    checkText(report, block, 'title', { max: limits.containerTitle, plain: true });
    checkList(report, block, 'child_blocks', limits.containerBlocks).forEach((child, index) => {
      const here = into(into(report, 'child_blocks'), index);
      if (isJson(child) && child['type'] === 'container') fail(here, 'containers cannot nest');
      else place.checkBlock(here, child, place);
    });
  },
};
