import { offeredOptions } from '../blockkit/options';
import { isJson, type Json } from '../json';
import { placedElements } from '../view-state';
import type { Choice, Choices } from '../driver';

const optionOf = (element: Json, value: unknown): Json => {
  const found = offeredOptions(element).find((option) => option['value'] === value);
  if (!found)
    throw new Error(`"${String(value)}" is not an option of ${String(element['action_id'])}`);
  return found;
};

const asValues = (choice: Choice): readonly string[] =>
  Array.isArray(choice) ? choice : [String(choice)];

const fieldOf: Readonly<Record<string, string>> = {
  users_select: 'selected_user',
  channels_select: 'selected_channel',
  conversations_select: 'selected_conversation',
  multi_users_select: 'selected_users',
  multi_channels_select: 'selected_channels',
  multi_conversations_select: 'selected_conversations',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
};

/** A choice in Slack's words: what goes into `state.values` and into `actions[]`. */
export function chosen(element: Json, choice: Choice): Json {
  const type = String(element['type']);
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
    case 'overflow':
      return { selected_option: optionOf(element, asValues(choice)[0]) };
    case 'checkboxes':
    case 'multi_static_select':
      return { selected_options: asValues(choice).map((value) => optionOf(element, value)) };
    default: {
      const field = fieldOf[type];
      if (field === undefined) return { value: choice === '' ? null : String(choice) };
      if (field === 'selected_date_time') return { [field]: Number(choice) };
      return { [field]: type.startsWith('multi_') ? asValues(choice) : choice };
    }
  }
}

/** The state with the choices put in; a choice for an element that is not there is a mistake of the caller. */
export function withChoices(blocks: readonly Json[], state: Json, choices: Choices): Json {
  const values: Record<string, Json> = {};
  for (const [block, of] of Object.entries(state)) if (isJson(of)) values[block] = { ...of };
  for (const [key, choice] of Object.entries(choices)) {
    const placed = placedElements(blocks).find(({ blockId, element }) => {
      const actionId = String(element['action_id']);
      return key === `${blockId}.${actionId}` || key === actionId;
    });
    if (!placed) throw new Error(`no element "${key}" in this view`);
    const { blockId, element } = placed;
    const of = (values[blockId] ??= {});
    of[String(element['action_id'])] = { type: element['type'], ...chosen(element, choice) };
  }
  return values;
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What Slack's client itself asks to correct before it sends a submission, by block id. */
export function clientErrors(blocks: readonly Json[], state: Json): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { blockId, block, element } of placedElements(blocks)) {
    if (block['type'] !== 'input') continue;
    const of = state[blockId];
    const entry = isJson(of) ? of[String(element['action_id'])] : undefined;
    const { type: _, ...rest } = isJson(entry) ? entry : {};
    const value = Object.values(rest)[0] ?? null;
    if (isEmpty(value)) {
      if (block['optional'] !== true) errors[blockId] = 'Please complete this required field.';
    } else if (typeof value === 'string') {
      const told = lengthError(element, value);
      if (told) errors[blockId] = told;
    }
  }
  return errors;
}

function lengthError(element: Json, value: string): string | undefined {
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && value.length < min) return `Must be at least ${min} characters.`;
  const most = typeof max === 'number' ? max : 3_000;
  return value.length > most ? `Must be at most ${most} characters.` : undefined;
}
