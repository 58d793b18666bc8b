import { isJson, type Json } from '../json';
import { limits, passiveElements, type Surface } from '../limits';
import {
  checkConfirm,
  checkInitial,
  checkOptions,
  checkOptionsOrGroups,
  checkStyle,
} from './options';
import { checkKeys, checkString, checkText, fail, into, type Report } from './report';

const shared = ['type', 'action_id', 'confirm', 'focus_on_load', 'placeholder'];
const keys = (...own: string[]): ReadonlySet<string> => new Set([...shared, ...own]);

const buttonKeys = keys('text', 'url', 'value', 'style', 'accessibility_label');
const inputKeys = keys(
  'multiline',
  'min_length',
  'max_length',
  'initial_value',
  'dispatch_action_config',
);
const numberKeys = keys(...inputKeys, 'is_decimal_allowed', 'min_value', 'max_value');
const staticKeys = keys(
  'options',
  'option_groups',
  'initial_option',
  'initial_options',
  'max_selected_items',
);

type Check = (report: Report, element: Json) => void;

const choice: Check = (report, element) => {
  checkKeys(report, element, keys('options', 'initial_option', 'initial_options'));
  checkOptions(report, element, 'options', limits.choiceOptions);
  checkInitial(report, element);
};

const menu: Check = (report, element) => {
  checkKeys(report, element, staticKeys);
  checkOptionsOrGroups(report, element);
  checkInitial(report, element);
};

const input: Check = (report, element) => {
  checkKeys(report, element, inputKeys);
  checkString(report, element, 'initial_value', limits.inputLength);
  for (const key of ['min_length', 'max_length']) {
    const value = element[key];
    if (value === undefined) continue;
    if (typeof value !== 'number') fail(into(report, key), 'must be a number');
    else if (value > limits.inputLength) {
      fail(into(report, key), `must be less than ${limits.inputLength + 1}`);
    }
  }
};

const checks: Readonly<Record<string, Check>> = {
  button(report, element) {
    checkKeys(report, element, buttonKeys);
    checkText(report, element, 'text', { max: limits.buttonText, plain: true, need: true });
    checkString(report, element, 'value', limits.buttonValue);
    checkString(report, element, 'url', limits.url);
    checkString(report, element, 'accessibility_label', limits.accessibilityLabel);
    checkStyle(report, element);
  },
  image(report, element) {
    checkString(report, element, 'alt_text', limits.altText, true);
    if (element['slack_file'] === undefined)
      checkString(report, element, 'image_url', limits.url, true);
  },
  plain_text: (report, element) => checkString(report, element, 'text', limits.sectionText, true),
  mrkdwn: (report, element) => checkString(report, element, 'text', limits.sectionText, true),
  overflow: (report, element) => checkOptions(report, element, 'options', limits.overflowOptions),
  checkboxes: choice,
  radio_buttons: choice,
  static_select: menu,
  multi_static_select: menu,
  plain_text_input: input,
  email_text_input: input,
  url_text_input: input,
  number_input(report, element) {
    checkKeys(report, element, numberKeys);
    if (typeof element['is_decimal_allowed'] !== 'boolean')
      fail(report, 'missing required field: is_decimal_allowed');
  },
};

/** Action ids of one block, block ids of one message or view: Slack refuses a second use. */
export interface Seen {
  actionIds: Set<string>;
  blockIds: Set<string>;
}

const modalOnly = new Set(['file_input', 'email_text_input', 'url_text_input', 'number_input']);

export function checkElement(
  report: Report,
  element: unknown,
  allowed: readonly string[],
  surface: Surface,
  seen: Seen,
): void {
  if (!isJson(element)) return fail(report, 'must be an object');
  const type = element['type'];
  if (typeof type !== 'string') return fail(report, 'missing required field: type');
  if (!allowed.includes(type)) return fail(into(report, 'type'), `unsupported type: ${type}`);
  if (modalOnly.has(type) && surface !== 'modal') fail(report, `${type} is for modals only`);
  checks[type]?.(report, element);
  if (passiveElements.has(type)) return;
  checkId(report, element, 'action_id', seen.actionIds);
  checkText(report, element, 'placeholder', { max: limits.placeholder, plain: true });
  checkConfirm(report, element);
}

export function checkId(report: Report, owner: Json, key: string, seen: Set<string>): void {
  checkString(report, owner, key, limits.id);
  const id = owner[key];
  if (typeof id !== 'string') return;
  if (seen.has(id)) fail(into(report, key), `\`${key}\` "${id}" already exists`);
  seen.add(id);
}
