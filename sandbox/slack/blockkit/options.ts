import { isJson, type Json } from '../json';
import { limits } from '../limits';
import { checkKeys, checkList, checkString, checkText, fail, into, type Report } from './report';

const optionKeys = new Set(['text', 'value', 'description', 'url']);

export function checkOptions(report: Report, owner: Json, key: string, max: number): void {
  const values = new Set<unknown>();
  checkList(report, owner, key, max).forEach((option, index) => {
    const here = into(into(report, key), index);
    checkOption(here, option, owner['type'] === 'overflow');
    const value = isJson(option) ? option['value'] : undefined;
    if (values.has(value)) fail(into(here, 'value'), 'option values must be unique');
    values.add(value);
  });
}

function checkOption(report: Report, option: unknown, inOverflow: boolean): void {
  if (!isJson(option)) return fail(report, 'must be an object');
  checkKeys(report, option, optionKeys);
  checkText(report, option, 'text', { max: limits.optionText, need: true });
  checkString(report, option, 'value', limits.optionValue, true);
  checkText(report, option, 'description', { max: limits.optionDescription });
  if (option['url'] !== undefined && !inOverflow) fail(report, 'invalid additional property: url');
}

/** A static select has options or groups of options, never both. */
export function checkOptionsOrGroups(report: Report, element: Json): void {
  if (element['option_groups'] === undefined) {
    checkOptions(report, element, 'options', limits.selectOptions);
    return;
  }
  if (element['options'] !== undefined)
    fail(report, 'options and option_groups exclude each other');
  checkList(report, element, 'option_groups', limits.optionGroups).forEach((group, index) => {
    const here = into(into(report, 'option_groups'), index);
    if (!isJson(group)) return fail(here, 'must be an object');
    checkText(here, group, 'label', { max: limits.groupLabel, plain: true, need: true });
    checkOptions(here, group, 'options', limits.selectOptions);
  });
}

/** What is selected at first must be one of what is offered. */
export function checkInitial(report: Report, element: Json): void {
  const chosen = [
    element['initial_option'],
    ...checkList(report, element, 'initial_options', 100, 0),
  ];
  const offered = new Set(offeredValues(element));
  for (const option of chosen) {
    if (isJson(option) && !offered.has(option['value'])) {
      fail(report, 'initial option(s) must match one of the options');
    }
  }
}

export function offeredOptions(element: Json): Json[] {
  const groups = Array.isArray(element['option_groups']) ? element['option_groups'] : [element];
  return groups.filter(isJson).flatMap((group) => {
    const options = group['options'];
    return Array.isArray(options) ? options.filter(isJson) : [];
  });
}

const offeredValues = (element: Json): unknown[] =>
  offeredOptions(element).map((option) => option['value']);

const confirmKeys = new Set(['title', 'text', 'confirm', 'deny', 'style']);

/** Confirm dialogs may stand on any element that acts. */
export function checkConfirm(report: Report, owner: Json): void {
  const confirm = owner['confirm'];
  if (confirm === undefined) return;
  const here = into(report, 'confirm');
  if (!isJson(confirm)) return fail(here, 'must be an object');
  checkKeys(here, confirm, confirmKeys);
  const button = { max: limits.confirmButton, plain: true, need: true };
  checkText(here, confirm, 'title', { max: limits.confirmTitle, plain: true, need: true });
  checkText(here, confirm, 'text', { max: limits.confirmText, need: true });
  checkText(here, confirm, 'confirm', button);
  checkText(here, confirm, 'deny', button);
  checkStyle(here, confirm);
}

/** There is no third style: Slack refuses `default` too. */
export function checkStyle(report: Report, owner: Json): void {
  const style = owner['style'];
  if (style !== undefined && style !== 'primary' && style !== 'danger') {
    fail(into(report, 'style'), 'must be primary or danger');
  }
}
