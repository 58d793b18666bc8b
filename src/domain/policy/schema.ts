import * as z from 'zod/mini';
import { Duration } from '../duration';
import { Tool } from '../engines';
import { AccountId, ChannelId, Region, SlackUserId } from '../ids';
import { roles } from '../person';
import { ExceptionWhen, RouteWhen } from './conditions';
import { Gate } from './gate';
import { Digest, Window } from './hours';
import { ApprovalRule, Rule } from './rules';

const label = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const many = <T extends z.core.$ZodType>(item: T, words: string) =>
  z._default(z.array(item), []).check(z.describe(words));

const groupId = z.string().check(z.regex(/^S[A-Z0-9]{2,}$/, 'a user group id such as S0123ABCD'));
const Members = z.strictObject({
  users: many(SlackUserId, 'Member ids (U…).'),
  groups: many(groupId, 'User group ids (S…).'),
  emails: many(
    z.email().check(z.toLowerCase()),
    'Addresses of full members; they count only where Slack has them confirmed.',
  ),
});

const Caps = z.strictObject({
  automaticPerHour: z
    ._default(z.int().check(z.minimum(0), z.maximum(1000)), 10)
    .check(z.describe('Runs without a person within an hour; the next one asks. Default: 10.')),
  targetsPerRequest: z
    ._default(z.int().check(z.minimum(1), z.maximum(1000)), 50)
    .check(z.describe('Changes of one run; beyond, others are asked. Default: 50.')),
});

/** To the last millisecond of its day, in UTC. */
const LastDay = z.pipe(
  z.iso.date('a date such as 2027-03-31'),
  z.transform((date: string) => `${date}T23:59:59.999Z`),
);

const Exception = z.strictObject({
  when: ExceptionWhen.check(z.describe('What is excepted; all conditions must hold.')),
  reason: label(300).check(z.describe('Why; it stands on the finding, here and at its source.')),
  owner: label(80).check(z.describe('Who answers for it.')),
  until: LastDay.check(z.describe('Its last day, in UTC; after it the finding is open again.')),
});

const Route = z.strictObject({
  when: z._default(RouteWhen, {}).check(z.describe('What goes this way; {} is all.')),
  to: ChannelId.check(z.describe('Channel id (C…).')),
  show: z
    ._default(z.enum(['cards', 'digest']), 'cards')
    .check(z.describe('A card for each finding, or one list a day. Default: cards.')),
  quiet: z
    .optional(label(40))
    .check(z.describe('Name of a window: what comes in it waits for its end, unless critical.')),
});
export type Route = z.infer<typeof Route>;

/** config/drawbridge.yml: what a security team edits. Unknown keys are errors, so that typing slips are seen. */
export const Policy = z
  .strictObject({
    version: z.literal(1).check(z.describe('The form of this file: 1.')),
    environment: label(20).check(
      z.describe('Shown on each card, so that nobody takes a rehearsal for the real thing.'),
    ),
    team: z
      .string()
      .check(z.regex(/^[TE][A-Z0-9]{2,}$/), z.describe('Workspace (T…) or organisation (E…).')),
    hub: z
      .strictObject({
        account: AccountId.check(z.describe('Its account, 12 digits in quotes.')),
        region: Region.check(z.describe('Its Region, such as eu-west-1.')),
      })
      .check(z.describe('Where Security Hub is administered.')),
    accounts: z
      .array(
        z.strictObject({
          id: AccountId.check(z.describe('12 digits in quotes.')),
          name: label(40).check(z.describe('What people call it.')),
          regions: z
            .optional(z.array(Region).check(z.minLength(1)))
            .check(z.describe('Where /isolate looks for instances; the hub’s Region if left out.')),
        }),
      )
      .check(z.describe('Names of accounts.')),
    roles: z
      .strictObject({
        responder: Members.check(z.describe('Who may ask.')),
        approver: Members.check(z.describe('Who may approve.')),
      })
      .check(z.describe('Who may do what.')),
    approval: z
      .strictObject({
        default: ApprovalRule.check(z.describe('Holds where nothing else is said.')),
        playbooks: z
          ._default(z.record(z.string(), ApprovalRule), {})
          .check(z.describe('The same for single playbooks, by id.')),
      })
      .check(z.describe('Who must say yes to a change.')),
    rules: many(Rule, 'The first that matches decides how a change runs; none: `approval`.'),
    windows: z
      ._default(z.record(label(40), Window), {})
      .check(z.describe('Times that rules and routes name: change windows, quiet hours.')),
    caps: z.prefault(Caps, {}).check(z.describe('Limits at which Drawbridge stops and asks.')),
    exceptions: many(Exception, 'Findings that are accepted for a time.'),
    undo: z
      .strictObject({
        by: z.enum(roles).check(z.describe('The role that may undo.')),
        within: Duration.check(z.describe('How long: 30m, 4h, 3d. Isolations have no end.')),
        separate: z
          ._default(z.boolean(), false)
          .check(
            z.describe('true: who asked for an isolation may not release it. Default: false.'),
          ),
      })
      .check(z.describe('Who may take a change back, and how long.')),
    routing: z
      .array(Route)
      .check(z.minLength(1), z.describe('The first route that matches wins; the last takes all.')),
    digest: z.prefault(Digest, {}).check(z.describe('When the daily list is posted.')),
    forensics: z
      .optional(
        z.strictObject({
          account: AccountId.check(z.describe('Its account, 12 digits in quotes.')),
        }),
      )
      .check(z.describe('Who gets a share of the snapshots that are taken as evidence.')),
    gate: z.optional(Gate).check(z.describe('The data gate; without it there is none.')),
    tools: many(Tool, 'Playbooks that an engine of yours runs.'),
  })
  .check((context) => {
    const { windows, rules, routing } = context.value;
    const named = [
      ...rules.map((rule, index) => ({
        path: ['rules', index, 'window'],
        name: 'window' in rule ? rule.window : undefined,
      })),
      ...routing.map(({ quiet }, index) => ({ path: ['routing', index, 'quiet'], name: quiet })),
    ];
    for (const { path, name } of named)
      if (name !== undefined && !Object.hasOwn(windows, name))
        context.issues.push({ code: 'custom', path, input: name, message: `no window is ${name}` });
  });
export type Policy = z.infer<typeof Policy>;
export type Members = z.infer<typeof Members>;
