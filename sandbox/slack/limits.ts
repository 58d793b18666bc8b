/** What Slack allows, as data. Numbers from the Block Kit and Web API reference; see docs.slack.dev. */
export type Surface = 'message' | 'modal' | 'home';

const everywhere: readonly Surface[] = ['message', 'modal', 'home'];
const messagesOnly: readonly Surface[] = ['message'];
const messagesAndHome: readonly Surface[] = ['message', 'home'];

/** Which block may stand on which surface. */
export const surfaces: Readonly<Record<string, readonly Surface[]>> = {
  actions: everywhere,
  context: everywhere,
  divider: everywhere,
  header: everywhere,
  image: everywhere,
  input: everywhere,
  rich_text: everywhere,
  section: everywhere,
  video: everywhere,
  alert: ['modal'],
  card: messagesAndHome,
  carousel: messagesAndHome,
  container: messagesAndHome,
  context_actions: messagesOnly,
  data_table: messagesOnly,
  data_visualization: messagesOnly,
  markdown: messagesOnly,
  plan: messagesOnly,
  table: messagesOnly,
  task_card: messagesOnly,
};

const selects = ['static', 'external', 'users', 'conversations', 'channels'];
const menus = [
  ...selects.map((of) => `${of}_select`),
  ...selects.map((of) => `multi_${of}_select`),
];
const choices = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker', ...menus];

/** Which element may stand in which block. */
export const elementsOf: Readonly<Record<string, readonly string[]>> = {
  section: ['button', 'image', 'overflow', 'workflow_button', ...choices],
  actions: ['button', 'overflow', 'workflow_button', 'datetimepicker', ...choices],
  input: [
    'plain_text_input',
    'email_text_input',
    'url_text_input',
    'number_input',
    'rich_text_input',
    'file_input',
    'datetimepicker',
    ...choices,
  ],
  context: ['image', 'plain_text', 'mrkdwn'],
  context_actions: ['feedback_buttons', 'icon_button'],
  card: ['button'],
};

/** Elements that only hold a picture or text, and so carry no action_id. */
export const passiveElements: ReadonlySet<string> = new Set(['image', 'plain_text', 'mrkdwn']);

export const limits = {
  blocks: { message: 50, modal: 100, home: 100 },
  viewBytes: 250 * 1024,
  postText: 40_000,
  updateText: 4_000,
  /** Undocumented: https://github.com/slackapi/bolt-js/issues/2509 */
  blocksText: 13_200,
  markdownText: 12_000,
  attachments: 100,
  sectionText: 3_000,
  fields: 10,
  fieldText: 2_000,
  header: 150,
  contextElements: 10,
  actionsElements: 25,
  contextActionsElements: 5,
  altText: 2_000,
  imageTitle: 2_000,
  label: 2_000,
  hint: 2_000,
  buttonText: 75,
  buttonValue: 2_000,
  url: 3_000,
  accessibilityLabel: 75,
  id: 255,
  optionText: 75,
  optionValue: 150,
  optionDescription: 75,
  selectOptions: 100,
  optionGroups: 100,
  groupLabel: 75,
  choiceOptions: 10,
  overflowOptions: 5,
  placeholder: 150,
  inputLength: 3_000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  viewTitle: 24,
  privateMetadata: 3_000,
  tableRows: 100,
  tableCells: 20,
  cardTitle: 150,
  cardBody: 200,
  cardActions: 2,
  carouselCards: 10,
  containerTitle: 150,
  containerBlocks: 10,
} as const;

/** Calls per minute and method, by Slack's tiers. chat.postMessage has its own rule: see rates.ts. */
const tierOf: Readonly<Record<string, 2 | 3 | 4>> = {
  'chat.update': 3,
  'chat.delete': 3,
  'chat.postEphemeral': 4,
  'views.open': 4,
  'views.push': 4,
  'views.update': 4,
  'views.publish': 4,
  'users.info': 4,
  'users.lookupByEmail': 3,
  'usergroups.list': 2,
  'usergroups.users.list': 2,
  'conversations.info': 3,
  'conversations.open': 3,
  'conversations.members': 4,
  'files.getUploadURLExternal': 4,
  'files.completeUploadExternal': 4,
};
const callsPerMinute = { 2: 20, 3: 50, 4: 100 } as const;

export function rateOf(method: string): number | undefined {
  const tier = tierOf[method];
  return tier === undefined ? undefined : callsPerMinute[tier];
}

export const times = {
  ackMs: 3_000,
  triggerMs: 3_000,
  responseUrlMs: 30 * 60_000,
  responseUrlPosts: 5,
  postEveryMs: 1_000,
  /** Slack tries an event again almost at once, after a minute, and after five. */
  eventRetriesMs: [0, 60_000, 300_000],
} as const;

export const viewStack = 3;
