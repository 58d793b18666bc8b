import { asList, asText, isJson, objects, type Json } from './json';

/** Elements with an action_id in the blocks, with the id of their block. */
export interface Placed {
  blockId: string;
  block: Json;
  element: Json;
}

/** Containers are looked into; cards keep their buttons under `actions`. */
export function placedElements(blocks: readonly Json[]): Placed[] {
  return blocks.flatMap((block) => {
    const inner = [block, ...objects(block['child_blocks'])];
    return inner.flatMap((one) => elementsIn(one).map((element) => place(one, element)));
  });
}

const place = (block: Json, element: Json): Placed => ({
  blockId: asText(block['block_id']) ?? '',
  block,
  element,
});

function elementsIn(block: Json): Json[] {
  const cards = [block, ...objects(block['elements'])];
  const found = [
    block['accessory'],
    block['element'],
    ...asList(block['elements']),
    ...cards.flatMap((card) => asList(card['actions'])),
  ];
  return found.filter(isJson).filter((element) => typeof element['action_id'] === 'string');
}

/** Elements without a value: they are clicked, and never part of a state. */
const stateless = new Set([
  'button',
  'overflow',
  'workflow_button',
  'icon_button',
  'feedback_buttons',
]);

/** `state.values` of blocks that nobody has touched yet. */
export function initialValues(blocks: readonly Json[]): Json {
  const values: Record<string, Json> = {};
  for (const { blockId, element } of placedElements(blocks)) {
    const type = String(element['type']);
    if (stateless.has(type)) continue;
    const of = (values[blockId] ??= {});
    of[String(element['action_id'])] = { type, ...initialValue(type, element) };
  }
  return values;
}

function initialValue(type: string, element: Json): Json {
  const options = asList(element['initial_options']);
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
    case 'external_select':
      return { selected_option: element['initial_option'] ?? null };
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return { selected_options: options };
    case 'users_select':
      return { selected_user: element['initial_user'] ?? null };
    case 'channels_select':
      return { selected_channel: element['initial_channel'] ?? null };
    case 'conversations_select':
      return { selected_conversation: element['initial_conversation'] ?? null };
    case 'multi_users_select':
      return { selected_users: asList(element['initial_users']) };
    case 'multi_channels_select':
      return { selected_channels: asList(element['initial_channels']) };
    case 'multi_conversations_select':
      return { selected_conversations: asList(element['initial_conversations']) };
    case 'datepicker':
      return { selected_date: element['initial_date'] ?? null };
    case 'timepicker':
      return { selected_time: element['initial_time'] ?? null };
    case 'datetimepicker':
      return { selected_date_time: element['initial_date_time'] ?? null };
    default:
      return { value: element['initial_value'] ?? null };
  }
}
