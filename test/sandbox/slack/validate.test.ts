import { validateMessage, validateView } from '../../../sandbox/slack/validate';
import type { Json } from '../../../sandbox/slack/json';
import { actions, button, reasonModal, section } from './fixture';

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const plain = (text: string): Json => ({ type: 'plain_text', text });
const first = (...blocks: Json[]) => validateMessage({ text: 'x', blocks })[0];
const option = (value: string): Json => ({ text: plain('Option'), value });

describe('a message', () => {
  it('passes with 50 blocks and is refused with 51, as Slack does', () => {
    const blocks = (count: number) => ({ text: 'x', blocks: many(count, () => section('a')) });
    expect(validateMessage(blocks(50))).toEqual([]);
    expect(validateMessage(blocks(51))).toEqual([
      { code: 'invalid_blocks', pointer: '/blocks', message: 'no more than 50 items allowed' },
    ]);
  });

  it('takes 3,000 characters in a section and refuses 3,001', () => {
    expect(first(section('a'.repeat(3_000)))).toBeUndefined();
    expect(first(section('a'.repeat(3_001)))).toEqual({
      code: 'invalid_blocks',
      pointer: '/blocks/0/text/text',
      message: 'must be less than 3001 characters',
    });
  });

  it('takes 40,000 characters of text when posted but 4,000 when updated', () => {
    expect(validateMessage({ text: 'a'.repeat(40_000) })).toEqual([]);
    expect(validateMessage({ text: 'a'.repeat(40_001) })[0]?.code).toBe('msg_too_long');
    expect(validateMessage({ text: 'a'.repeat(4_000) }, 'chat.update')).toEqual([]);
    expect(validateMessage({ text: 'a'.repeat(4_001) }, 'chat.update')[0]?.code).toBe(
      'msg_too_long',
    );
  });

  it('is refused when its blocks hold more than 13,200 characters together', () => {
    const blocks = many(5, () => section('a'.repeat(2_641)));
    expect(validateMessage({ blocks })[0]?.code).toBe('msg_blocks_too_long');
    expect(validateMessage({ blocks: blocks.slice(1) })).toEqual([]);
  });

  it('refuses an action_id used twice in a block and a block_id used twice', () => {
    expect(first(actions(button('go'), button('go')))?.message).toBe(
      '`action_id` "go" already exists',
    );
    const row = { ...section('x'), accessory: button('go') };
    expect(first(row, row)).toBeUndefined();
    const twice = [actions(button('a')), actions(button('b'))];
    expect(first(...twice)?.message).toBe('`block_id` "buttons" already exists');
  });

  it.each<[string, Json, string]>([
    ['a block that Slack does not know', { type: 'sectoin' }, '/blocks/0/type'],
    ['an alert, which is for modals', { type: 'alert', text: plain('x') }, '/blocks/0/type'],
    [
      'a header of 151 characters',
      { type: 'header', text: plain('a'.repeat(151)) },
      '/blocks/0/text/text',
    ],
    [
      'a header in mrkdwn',
      { type: 'header', text: { type: 'mrkdwn', text: 'x' } },
      '/blocks/0/text/type',
    ],
    ['an empty text', section(''), '/blocks/0/text/text'],
    ['eleven fields', { type: 'section', fields: many(11, () => plain('x')) }, '/blocks/0/fields'],
    [
      'a field of 2,001 characters',
      { type: 'section', fields: [plain('a'.repeat(2_001))] },
      '/blocks/0/fields/0/text',
    ],
    [
      'eleven context elements',
      { type: 'context', elements: many(11, () => plain('x')) },
      '/blocks/0/elements',
    ],
    ['26 buttons in a row', actions(...many(26, (n) => button(`b${n}`))), '/blocks/0/elements'],
    [
      'a button text of 76 characters',
      actions(button('a', { text: plain('a'.repeat(76)) })),
      '/blocks/0/elements/0/text/text',
    ],
    [
      'a button value of 2,001 characters',
      actions(button('a', { value: 'a'.repeat(2_001) })),
      '/blocks/0/elements/0/value',
    ],
    [
      'an action_id of 256 characters',
      actions(button('a'.repeat(256))),
      '/blocks/0/elements/0/action_id',
    ],
    [
      'a third button style',
      actions(button('a', { style: 'warning' })),
      '/blocks/0/elements/0/style',
    ],
    ['an unknown key', { ...section('x'), txet: 1 }, '/blocks/0'],
    [
      'a text input among buttons',
      actions({ type: 'plain_text_input' }),
      '/blocks/0/elements/0/type',
    ],
    [
      'a confirm dialog with a long title',
      actions(
        button('a', {
          confirm: {
            title: plain('a'.repeat(101)),
            text: plain('Sure?'),
            confirm: plain('Yes'),
            deny: plain('No'),
          },
        }),
      ),
      '/blocks/0/elements/0/confirm/title/text',
    ],
    [
      'six entries in an overflow menu',
      actions({ type: 'overflow', action_id: 'more', options: many(6, (n) => option(`${n}`)) }),
      '/blocks/0/elements/0/options',
    ],
    [
      'an initial option that is not offered',
      actions({
        type: 'static_select',
        action_id: 's',
        options: [option('a')],
        initial_option: option('b'),
      }),
      '/blocks/0/elements/0',
    ],
    [
      'an empty rich text leaf',
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }],
      },
      '/blocks/0/elements/0/elements/0/text',
    ],
  ])('refuses %s', (_what, block, pointer) => {
    expect(first(block)?.pointer).toBe(pointer);
  });

  it('looks into attachments too', () => {
    const attachments = [{ color: '#d00', blocks: [{ type: 'nope' }] }];
    expect(validateMessage({ attachments })[0]?.pointer).toBe('/attachments/0/blocks/0/type');
    const fine = [{ color: '#d00', blocks: [section('x')] }];
    expect(validateMessage({ attachments: fine })).toEqual([]);
    expect(validateMessage({ attachments: fine }, 'chat.postEphemeral')[0]?.code).toBe(
      'invalid_attachments',
    );
  });
});

describe('a view', () => {
  it('passes when it is as Slack wants it', () => {
    expect(validateView(reasonModal())).toEqual([]);
    expect(validateView({ type: 'home', blocks: [section('Hello')] })).toEqual([]);
  });

  it.each<[string, Json, string]>([
    ['an unknown block', reasonModal({ blocks: [{ type: 'nope' }] }), '/view/blocks/0/type'],
    [
      'a plan, which is for messages',
      reasonModal({ blocks: [{ type: 'plan' }] }),
      '/view/blocks/0/type',
    ],
    ['a title of 25 characters', reasonModal({ title: plain('a'.repeat(25)) }), '/view/title/text'],
    [
      'private_metadata of 3,001 characters',
      reasonModal({ private_metadata: 'a'.repeat(3_001) }),
      '/view/private_metadata',
    ],
    ['101 blocks', reasonModal({ blocks: many(101, () => section('x')) }), '/view/blocks'],
    ['inputs without a submit button', reasonModal({ submit: undefined }), '/view'],
    ['a title on a Home view', { type: 'home', title: plain('x'), blocks: [] }, '/view'],
  ])('refuses %s', (_what, view, pointer) => {
    expect(validateView(view).map((problem) => problem.pointer)).toContain(pointer);
  });

  it('is refused above 250 KB', () => {
    const blocks = many(100, () => section('é'.repeat(1_500)));
    expect(validateView(reasonModal({ blocks })).map((one) => one.code)).toContain(
      'view_too_large',
    );
  });
});
