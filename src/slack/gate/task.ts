import * as z from 'zod/mini';
import { gateActs } from '../../../blocks/intent';

const text = (max: number) => z.string().check(z.maxLength(max));
const click = z.object({ user: text(20), team: text(20), channel: text(20) });
const wish = {
  task: z.literal('gate-desk'),
  view: text(60),
  run: text(40),
  act: z.enum(gateActs),
  at: z.optional(text(20)),
  filter: z.optional(text(8)),
  click,
};

/** What a person wants of the gate, as the slack function wrote it down. Who may do it is decided here, not there. */
export const GateTask = z.discriminatedUnion('what', [
  z.object({ ...wish, what: z.literal('click') }),
  /** `filled`: what was typed, sealed. */
  z.object({
    ...wish,
    what: z.literal('form'),
    seen: z.optional(text(64)),
    filled: text(60_000),
  }),
  z.object({
    task: z.literal('gate-desk'),
    what: z.literal('command'),
    text: text(1000),
    click,
    reply: z.url(),
  }),
]);
export type GateTask = z.infer<typeof GateTask>;
export type GateWish = Extract<GateTask, { what: 'click' | 'form' }>;

/** What was typed or chosen, by the id of its block; `text` is what the form carried along. */
export const Filled = z.record(z.string(), z.string());
export type Filled = z.infer<typeof Filled>;
