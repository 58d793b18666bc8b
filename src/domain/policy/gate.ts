import * as z from 'zod/mini';
import { Duration } from '../duration';
import { severities } from '../gate/verdict';
import { ChannelId } from '../ids';
import { roles } from '../person';

const approvals = (words: string) =>
  z._default(z.int().check(z.minimum(1), z.maximum(5)), 1).check(z.describe(words));
const duration = (by: string, words: string) =>
  z.pipe(z._default(z.string(), by), Duration).check(z.describe(`${words} Default: ${by}.`));
const AtOnce = z.pipe(
  z.literal('0m'),
  z.transform(() => 0),
);
const ids = (words: string) =>
  z
    ._default(z.array(z.string().check(z.minLength(1), z.maxLength(200))), [])
    .check(z.describe(words));

const Managed = z.discriminatedUnion('use', [
  z.strictObject({
    use: z
      .enum(['recommended', 'all', 'none'])
      .check(z.describe('All that Macie knows, those that it recommends, or none.')),
  }),
  z.strictObject({
    use: z.enum(['only', 'all but']).check(z.describe('Those in `ids`, or all others.')),
    ids: z
      .array(z.string())
      .check(z.minLength(1), z.describe('Such as CREDIT_CARD_NUMBER; Macie’s guide lists them.')),
  }),
]);

/** What Macie looks for. Said always, since Macie's own default changes (D6). */
const Identifiers = z.strictObject({
  managed: z
    ._default(Managed, { use: 'recommended' })
    .check(z.describe('Macie’s own identifiers: recommended, all, none, only, or all but.')),
  custom: ids('Ids of custom data identifiers.'),
  allowLists: ids('Ids of allow lists.'),
});

/** The data gate: config/drawbridge.yml, `gate`. Without it nothing is taken from the raw bucket. */
export const Gate = z.strictObject({
  channel: ChannelId.check(z.describe('Where its runs are shown and decided (C…).')),
  start: z
    ._default(z.enum(roles), 'responder')
    .check(z.describe('The role that may start and abort runs. Default: responder.')),
  decide: z
    ._default(z.enum(roles), 'approver')
    .check(z.describe('The role that may decide what is held. Default: approver.')),
  samples: z
    ._default(z.enum(roles), 'approver')
    .check(z.describe('The role that may see masked samples. Default: approver.')),
  prefix: z
    ._default(z.string().check(z.maxLength(500)), '')
    .check(z.describe('Only keys that begin so are taken. Default: all.')),
  quiet: z
    .pipe(z._default(z.string(), '5m'), z.union([Duration, AtOnce]))
    .check(
      z.describe(
        'Younger objects stay in the raw bucket: uploads may be under way; 0m takes all. Default: 5m.',
      ),
    ),
  manifest: z
    .optional(z.string().check(z.minLength(1), z.maxLength(100)))
    .check(
      z.describe('A file of this name says that its folder is whole, and starts a run for it.'),
    ),
  identifiers: z.prefault(Identifiers, {}).check(z.describe('What Macie looks for.')),
  scanWithin: duration('1d', 'After this long a scan is told to people and held.'),
  decideWithin: duration('5d', 'How long people may decide.'),
  remindEvery: duration('1d', 'How often they are reminded.'),
  approvals: z
    .prefault(
      z.strictObject({
        high: approvals('Distinct people for a yes to high severity. Default: 1.'),
        medium: approvals('… medium.'),
        low: approvals('… low.'),
        otherwise: approvals('… what could not be read, or is archived by rules of Macie.'),
      }),
      {},
    )
    .check(z.describe('How many people must say yes, by severity.')),
  release: z
    ._default(z.array(z.enum(severities)), [])
    .check(z.describe('Severities that are released, marked, without a person. Default: none.')),
  separate: z
    ._default(z.boolean(), false)
    .check(z.describe('true: who started a run may not decide it. Default: false.')),
  deletion: z
    ._default(z.boolean(), false)
    .check(z.describe('true: two people may delete what is held, for good. Default: false.')),
});
export type Gate = z.infer<typeof Gate>;
