import fc from 'fast-check';
import { helpText, refusalText, whoText } from '../../blocks/answers';
import { auditEntry } from '../../blocks/audit-line';
import { approvalsText, exceptionsText, statusText } from '../../blocks/desk-answers';
import { findingCard } from '../../blocks/finding-card';
import { findingsList } from '../../blocks/findings-list';
import { groupCard } from '../../blocks/group-card';
import { letters } from '../../blocks/parts';
import { statsText } from '../../blocks/stats';
import { remediateText } from '../../blocks/remedies';
import { trailAnswer } from '../../blocks/trail';
import { unreadCard } from '../../blocks/unread-card';
import { validateMessage } from '../../sandbox/slack/validate';
import { commands, roleWords } from '../../src/slack/command';
import { caseView, link, text } from './support/arbitraries';
import * as desk from './support/desk';
import { expectInert, expectPressable, expectReadable, pressable } from './support/lawful';
import { stats } from './support/samples-of-stats';
import * as sample from './support/samples';

const { policy } = sample;
const person = fc
  .record({ name: text, outside: fc.boolean() })
  .map(({ name, outside }) => sample.member({ name, ...(outside && { outsider: 'a guest' }) }));
const who = (one: ReturnType<typeof sample.member>) => whoText(one, policy, roleWords);
type Messages = Record<string, fc.Arbitrary<{ text: string; blocks: unknown[] }>>;
/** Read and pressed on a phone, between other things: few buttons. */
const cards: Messages = {
  'the card of a finding': caseView.map(findingCard),
  'the card of a group': desk.grouped.map(({ group, members, first }) =>
    groupCard(group, members, first, policy),
  ),
  'a line of the thread': link.map(auditEntry),
  'an event that could not be read': fc
    .record({ id: text, because: text })
    .map((one) => unreadCard(one)),
  'a refusal': text.map((because) => refusalText(because, 'approver', policy)),
  'the help': fc.constant(helpText(commands)),
  'who may what': person.map(who),
  'the numbers': stats.map((one) => statsText(one, policy)),
};
/** Asked for by somebody who chooses from them: as many buttons as there are things to choose. */
const lists: Messages = {
  'a page of findings': fc
    .record({ words: text, rows: desk.rows, text, more: fc.boolean() })
    .map(({ words, rows, text: asked, more }) =>
      findingsList(
        words,
        rows,
        more ? { kind: 'findings.page', text: asked, from: 'x'.repeat(400) } : undefined,
        policy,
      ),
    ),
  'a page of a group': desk.rows.map((rows) =>
    findingsList(
      '1–20 of 500',
      rows,
      { kind: 'group.show', group: desk.groupId, from: '20' },
      policy,
    ),
  ),
  'what waits for a decision': desk.listing.map(approvalsText),
  'what stands': fc
    .record({ waiting: desk.listing, running: desk.listing, open: text })
    .map(({ waiting, running, open }) => statusText(waiting, running, open)),
  'what is suppressed': fc
    .record({ items: desk.rows, next: fc.option(text) })
    .map(({ items, next }) => exceptionsText({ items, ...(next && { next }) }, policy)),
  'what can be done': fc
    .record({ said: text, found: desk.remediable })
    .map(({ said, found }) => remediateText(said, found)),
  'the trail': desk.trail.map(({ of, told, more }) => trailAnswer(of, told, more)),
};
const messages: Messages = { ...cards, ...lists };

fc.configureGlobal({ numRuns: 60 });

describe.each(Object.entries(messages))('%s', (_, anyOf) => {
  it('is taken by Slack as a new message, as an update and for one person', () => {
    fc.assert(
      fc.property(anyOf, (message) => {
        expect(validateMessage(message)).toEqual([]);
        expect(validateMessage(message, 'chat.update')).toEqual([]);
        expect(validateMessage(message, 'chat.postEphemeral')).toEqual([]);
      }),
    );
  });

  it('stays below 12,000 characters whatever it shows', () => {
    fc.assert(
      fc.property(anyOf, ({ blocks }) => {
        expect(letters(blocks)).toBeLessThanOrEqual(12_000);
      }),
    );
  });

  it('holds no markup, and mentions nobody but those that the policy or a signed request names', () => {
    fc.assert(fc.property(anyOf, ({ blocks }) => expectInert(blocks)));
  });

  it('has a fallback text in which nothing is live', () => {
    fc.assert(
      fc.property(anyOf, ({ text }) => {
        expect(text.trim()).not.toBe('');
        expect(text).not.toMatch(/[<>`]/);
        expect(text.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });

  it('hides no character and starts no line that somebody outside wrote', () => {
    fc.assert(fc.property(anyOf, ({ blocks }) => expectReadable(blocks)));
  });

  it('has buttons and menus with ids of their own, which the server reads back', () => {
    fc.assert(fc.property(anyOf, ({ blocks }) => expectPressable(blocks)));
  });
});

describe.each(Object.entries(cards))('%s', (_, anyOf) => {
  it('has at most five buttons', () => {
    fc.assert(
      fc.property(anyOf, ({ blocks }) => {
        expect(pressable(blocks).length).toBeLessThanOrEqual(5);
      }),
    );
  });
});
