import { checkBlock, checkBlocks } from './blockkit/blocks';
import { checkString, checkText, fail, into, textLength } from './blockkit/report';
import type { Problem, Report } from './blockkit/report';
import { isJson, objects, type Json } from './json';
import { limits } from './limits';

export { asSlackWrites, type Problem } from './blockkit/report';

const place = (surface: 'message' | 'modal' | 'home') => ({
  surface,
  seen: { actionIds: new Set<string>(), blockIds: new Set<string>() },
  checkBlock,
});

/** Arguments of chat.postMessage, chat.postEphemeral, chat.update or a response_url, as far as they are content. */
export interface MessageContent {
  text?: unknown;
  blocks?: unknown;
  attachments?: unknown;
}

export type MessageMethod = 'chat.postMessage' | 'chat.update' | 'chat.postEphemeral';

/** What Slack would refuse in this message; empty when it would take it. */
export function validateMessage(
  content: MessageContent,
  method: MessageMethod = 'chat.postMessage',
): Problem[] {
  const report: Report = { at: '', problems: [], code: 'invalid_blocks' };
  const here = place('message');
  const { text, blocks, attachments } = content;
  const max = method === 'chat.update' ? limits.updateText : limits.postText;
  if (typeof text === 'string' && text.length > max) {
    fail(into(report, 'text'), `must be less than ${max + 1} characters`, 'msg_too_long');
  }
  if (blocks !== undefined) checkBlocks(into(report, 'blocks'), blocks, here);
  checkAttachments(into({ ...report, code: 'invalid_attachments' }, 'attachments'), attachments);
  const budget = limits.blocksText;
  if (textLength(blocks) + textLength(attachments) > budget) {
    fail(
      into(report, 'blocks'),
      `must hold less than ${budget + 1} characters`,
      'msg_blocks_too_long',
    );
  }
  if (method === 'chat.postEphemeral' && objects(attachments).some((one) => 'blocks' in one)) {
    fail(into(report, 'attachments'), 'no blocks in attachments here', 'invalid_attachments');
  }
  return report.problems;

  function checkAttachments(at: Report, value: unknown): void {
    if (value === undefined) return;
    if (!Array.isArray(value)) return fail(at, 'must be an array');
    if (value.length > limits.attachments) {
      fail(at, `no more than ${limits.attachments} items allowed`, 'too_many_attachments');
    }
    value.forEach((one: unknown, index) => {
      if (!isJson(one)) return fail(into(at, index), 'must be an object');
      // Ids are unique over the whole message, attachments included.
      if (one['blocks'] !== undefined)
        checkBlocks(into(into(at, index), 'blocks'), one['blocks'], here);
    });
  }
}

const viewKeys = {
  modal: ['title', 'submit', 'close', 'clear_on_close', 'notify_on_close', 'submit_disabled'],
  home: [],
};
const sharedKeys = ['type', 'blocks', 'private_metadata', 'callback_id', 'external_id'];

/** What Slack would refuse in this modal or Home view; empty when it would take it. */
export function validateView(view: unknown): Problem[] {
  const report: Report = { at: '/view', problems: [], code: 'invalid_arguments' };
  if (!isJson(view)) {
    fail(report, 'must be an object');
    return report.problems;
  }
  const type = view['type'];
  if (type !== 'modal' && type !== 'home') {
    fail(into(report, 'type'), `unsupported type: ${String(type)}`);
    return report.problems;
  }
  checkViewFields(report, view, type);
  if (view['blocks'] === undefined) fail(report, 'missing required field: blocks');
  else checkBlocks(into(report, 'blocks'), view['blocks'], place(type));
  if (Buffer.byteLength(JSON.stringify(view)) > limits.viewBytes) {
    fail(report, `must be at most ${limits.viewBytes} bytes`, 'view_too_large');
  }
  return report.problems;
}

function checkViewFields(report: Report, view: Json, type: 'modal' | 'home'): void {
  const allowed = [...sharedKeys, ...viewKeys[type]];
  for (const key of Object.keys(view)) {
    if (!allowed.includes(key)) fail(report, `invalid additional property: ${key}`);
  }
  checkString(report, view, 'private_metadata', limits.privateMetadata);
  checkString(report, view, 'callback_id', limits.id);
  checkString(report, view, 'external_id', limits.id);
  if (type === 'home') return;
  const title = { max: limits.viewTitle, plain: true };
  checkText(report, view, 'title', { ...title, need: true });
  checkText(report, view, 'submit', title);
  checkText(report, view, 'close', title);
  const hasInput = objects(view['blocks']).some((block) => block['type'] === 'input');
  if (hasInput && view['submit'] === undefined) {
    fail(report, 'missing required field: submit (the view has input blocks)');
  }
}
