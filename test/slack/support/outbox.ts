import { WebAPIPlatformError } from '@slack/web-api';
import { isJson, type Json } from '../../../sandbox/slack/json';
import { validateMessage } from '../../../sandbox/slack/validate';
import type { AuditEvent, AuditType } from '../../../src/domain/audit';
import type { CardRecord } from '../../../src/domain/card';
import type { GateRun } from '../../../src/domain/gate/run';
import { CaseId, type GateRunId } from '../../../src/domain/ids';
import type { Message } from '../../../src/domain/message';
import type { Chat } from '../../../src/slack/chat';
import type { OutboxDeps } from '../../../src/slack/outbox';
import { words } from '../../blocks/support/reading';
import { findingKey } from '../../support/builders';
import { memoryGroups } from '../../support/memory-groups';
import { aWorld } from '../../support/world';

export const caseId = CaseId.parse(findingKey);
export const card = { kind: 'card', case: caseId, mark: '1' } as const satisfies Message;
export const entry = (seq: number): Message => ({ kind: 'entry', case: caseId, seq });

export const slackSays = (error: string) => new WebAPIPlatformError({ ok: false, error });

interface Standing {
  channel: string;
  ts: string;
  content: { text: string; blocks: unknown };
  thread?: string;
  broadcast: boolean;
}

/** Channels with what stands in them: the model that the outbox is compared with. It refuses what Slack would. */
export const modelOfSlack = () => {
  const standing: Standing[] = [];
  const failing = new Map<string, () => Error>();
  let stamp = 0;
  let posts = 0;
  const check = (channel: string, content: object) => {
    const failure = failing.get(channel);
    if (failure) throw failure();
    const [problem] = validateMessage({ ...content });
    if (problem) throw slackSays(problem.code);
  };
  const chat: Chat = {
    async post(channel, content, thread) {
      check(channel, content);
      if (thread && !standing.some(({ ts }) => ts === thread.ts))
        throw slackSays('thread_not_found');
      posts += 1;
      const ts = String((stamp += 1));
      const place = { ...(thread && { thread: thread.ts }), broadcast: thread?.broadcast ?? false };
      standing.push({ channel, ts, content, ...place });
      return ts;
    },
    async update(channel, ts, content) {
      check(channel, content);
      const found = standing.find((each) => each.ts === ts && each.channel === channel);
      if (!found) return 'gone';
      found.content = content;
      return 'updated';
    },
  };
  const roots = (channel: string) =>
    standing.filter((each) => each.channel === channel && each.thread === undefined);
  return {
    chat,
    failing,
    roots,
    posts: () => posts,
    thread: (ts: string) => standing.filter(({ thread }) => thread === ts),
    remove: (ts: string) => {
      const index = standing.findIndex((each) => each.ts === ts);
      standing.splice(index, 1);
    },
    /** Numbers of the audit links that stand in the thread of the one card there is. */
    told: (channel = 'C0ALERTS'): number[] =>
      standing
        .filter(({ thread }) => thread !== undefined && thread === roots(channel)[0]?.ts)
        .flatMap(({ content }) => numbersIn(content.blocks)),
  };
};

const numbersIn = (blocks: unknown): number[] =>
  (Array.isArray(blocks) ? blocks : [])
    .filter((block): block is Json => isJson(block))
    .flatMap((block) => [...words(block).matchAll(/#(\d+) [0-9a-f]{12}$/g)])
    .map(([, seq]) => Number(seq));

/** A world with one finding, whose outbox speaks to the model. */
export const anOutbox = async () => {
  const world = await aWorld();
  const slack = modelOfSlack();
  const kept = new Map<string, CardRecord>();
  const sent: { row: string; message: Message }[] = [];
  const groups = memoryGroups();
  const runs = new Map<GateRunId, GateRun>();
  const deps: OutboxDeps = {
    ...world.door,
    source: world.source,
    operationOf: world.deps.operationOf,
    chat: slack.chat,
    send: async (row, message) => void sent.push({ row, message }),
    groups,
    gate: { run: async (id) => runs.get(id) },
    cards: {
      get: async (of) => kept.get(of),
      put: async (of, record) => void kept.set(of, record),
    },
  };
  let events = 0;
  return {
    ...world,
    deps,
    slack,
    kept,
    /** What the outbox put into a row of its own queue. */
    sent,
    groups,
    /** Runs of the gate. */
    runs,
    /** Something happened: one more link in the chain of the finding. */
    happens: (type: AuditType, facts: AuditEvent['facts'] = {}) =>
      world.held.commit({
        events: [
          {
            id: `event-${(events += 1)}`,
            type,
            case: caseId,
            at: world.clock.now().toISOString(),
            actor: { kind: 'drawbridge' },
            facts,
          },
        ],
      }),
    links: async () => (await world.held.trail(caseId)).length,
  };
};
export type Outbox = Awaited<ReturnType<typeof anOutbox>>;
