import { isJson, type Json } from '../../../sandbox/slack/json';
import type {
  FindingsCriteria,
  IdentifierDraft,
  Made,
  Samples,
  Tried,
} from '../../../src/app/gate/lookers';
import type { GateObjects, GateStore } from '../../../src/app/gate/ports';
import { link, type Link } from '../../../src/domain/audit';
import type { GateDecision } from '../../../src/domain/gate/decision';
import type { GateRun } from '../../../src/domain/gate/run';
import type { Held } from '../../../src/domain/gate/verdict';
import type { CaseId, GateRunId } from '../../../src/domain/ids';
import { clickClient, workClient } from '../../../src/slack/client';
import type { GateDeskDeps } from '../../../src/slack/gate/deps';
import { serveGate } from '../../../src/slack/gate/serve';
import { GateTask } from '../../../src/slack/gate/task';
import { peopleIn } from '../../../src/slack/people';
import { repliesTo, responseOrigin } from '../../../src/slack/replies';
import { screensThrough } from '../../../src/slack/screens';
import { unseal } from '../../../src/slack/sealed';
import { aHeld, aRun, gatePolicy, runId } from '../../blocks/support/gate';
import { words } from '../../blocks/support/reading';
import { aDoorway, secrets } from './doorway';
import { commanded, filledIn, pressed, pressedIn, request, secret } from './requests';
import type { FakeSlack } from './slack';

/** Runs in memory, with versions, told events and locks as the table has them. */
export const memoryGate = () => {
  const runs = new Map<GateRunId, GateRun>();
  const decisions = new Map<GateRunId, GateDecision[]>();
  const held = new Map<GateRunId, Held[]>();
  const links: Link[] = [];
  const locks = new Map<string, GateRunId>();
  const store: GateStore = {
    run: async (id) => runs.get(id),
    runs: async () => [...runs.values()].reverse(),
    async commit({ run, decision, take, events }) {
      if ((runs.get(run.id)?.version ?? 0) !== run.version - 1) return 'conflict';
      if (events.some(({ id }) => links.some(({ event }) => event.id === id))) return 'already';
      if (take) locks.set(take, run.id);
      runs.set(run.id, run);
      if (decision) decisions.set(run.id, [...(decisions.get(run.id) ?? []), decision]);
      for (const event of events) links.push(link(links.at(-1), event));
      return 'done';
    },
    holder: async (lock) => locks.get(lock),
    free: async () => {},
    decisions: async (id) => decisions.get(id) ?? [],
    hold: async () => {},
    held: async (id, after, most) =>
      (held.get(id) ?? []).filter(({ ref }) => after === undefined || ref > after).slice(0, most),
    trail: async () => links,
  };
  return { store, runs, decisions, held, links };
};

const notHere = (): never => {
  throw new Error('the desk moves no object');
};

const bucket = (newest: () => string | undefined): GateObjects => ({
  listRaw: notHere,
  copy: notHere,
  remove: notHere,
  markOf: notHere,
  prefixes: notHere,
  quietSince: async () => newest(),
});

/** Slack's door and the gate's desk behind it, with one run in review. */
export const aGateDesk = async (
  slack: FakeSlack,
  {
    gate: rule = {},
    policy = gatePolicy(rule),
  }: { gate?: object; policy?: ReturnType<typeof gatePolicy> } = {},
) => {
  const door = await aDoorway(slack, { policy });
  const memory = memoryGate();
  const id = aRun().id;
  memory.runs.set(id, aRun({ decisions: 0 }));
  memory.held.set(id, [aHeld(0), aHeld(1), aHeld(2, { verdict: unproven })]);
  const macie = {
    samples: {
      kind: 'shown',
      samples: [{ type: 'CREDIT_CARD_NUMBER', masked: ['••••••1111'] }],
    } as Samples,
    tried: { kind: 'matches', count: 2 } as Tried,
    made: { kind: 'made', id: 'made-1' } as Made,
    hidden: 3,
    asked: [] as unknown[][],
    newest: '2026-01-01T00:00:00.000Z' as string | undefined,
  };
  const ask = <T>(answer: T, ...what: unknown[]): T => {
    macie.asked.push(what);
    return answer;
  };
  const client = workClient(secrets.botToken, slack.url);
  const deps: GateDeskDeps = {
    gate: memory.store,
    policy,
    people: peopleIn(clickClient(secrets.botToken, slack.url), policy, door.clock.now),
    now: door.clock.now,
    random: () => '0'.repeat(20),
    hasTime: () => true,
    objects: bucket(() => macie.newest),
    batches: { put: notHere, get: notHere, parts: notHere },
    macie: {
      createJob: notHere,
      look: notHere,
      cancel: notHere,
      findings: notHere,
      resultFiles: notHere,
      readResults: notHere,
      exportIsOn: async () => true,
    },
    samples: { samplesOf: async (finding) => ask(macie.samples, 'samples', finding) },
    identifiers: {
      testIdentifier: async (draft: IdentifierDraft, sample) =>
        ask(macie.tried, 'test', draft, sample),
      createAllowList: async (list, token) => ask(macie.made, 'allow list', list, token),
      createFindingsFilter: async (filter, token) => ask(macie.made, 'filter', filter, token),
      hiddenBy: async (criteria: FindingsCriteria) =>
        ask({ count: macie.hidden, more: false }, 'hidden', criteria),
    },
    replies: repliesTo(responseOrigin(slack.url)),
    screens: screensThrough(client),
    linkTo: async (of: CaseId) => `https://test.slack.com/${of}`,
    unseal: (sealed) => unseal(sealed, [secret]),
  };
  const log = {
    error: (message: string, more: Record<string, unknown>) =>
      void door.logged.push({ message, more }),
  };
  /** All that was ever written down for the desk. */
  const stored: string[] = [];
  const serve = async (): Promise<void> => {
    const asked = [...door.held.held.previews.values()];
    door.held.held.previews.clear();
    stored.push(...asked.map((each) => JSON.stringify(each)));
    for (const task of asked) await serveGate(deps, GateTask.parse(task), log, 'ref-3');
  };
  const shown = (): Json => {
    const view = slack.asked('views.update').at(-1)?.['view'];
    return isJson(view) ? view : {};
  };
  const button = (act: string, more: object = {}) => ({
    action_id: 'v1:gate:0',
    value: JSON.stringify({ run: runId, act, ...more }),
  });
  return {
    ...door,
    deps,
    memory,
    macie,
    id,
    stored,
    shown,
    said: () => words(shown()),
    run: () => memory.runs.get(id)!,
    types: () => memory.links.map(({ event }) => event.type),
    /** Presses a button of the card, and the desk answers. */
    async press(act: string, user: string, more: object = {}) {
      const answer = await door.send(request(pressed(slack.url, button(act, more), { user })));
      await serve();
      return answer;
    },
    /** Presses a button in the window that is open. */
    async pressInside(act: string, user: string, more: object = {}) {
      const inside = { id: 'V1', type: 'modal' } as const;
      const place = { channel: 'C0ALERTS', ...more };
      await door.send(request(pressedIn(inside, button(act, place), { user })));
      await serve();
    },
    /** Fills in the window that is shown. */
    async submit(user: string, values: Json) {
      const { callback_id, private_metadata } = shown();
      const form = { callback_id: String(callback_id), private_metadata: String(private_metadata) };
      const answer = await door.send(request(filledIn(form, values, { user })));
      await serve();
      return answer;
    },
    async command(text: string, user: string, more: { command?: string; channel?: string } = {}) {
      const { command = '/gate', channel = 'C0ALERTS' } = more;
      const body = commanded(slack.url, text, { user, channel }, { command });
      const answer = await door.send(request(body));
      await serve();
      return answer;
    },
  };
};

const unproven = { kind: 'unproven', because: 'skipped', code: 'MALFORMED_FILE' } as const;

export const typed = (value: string): Json => ({ text: { type: 'plain_text_input', value } });
export const picked = (value: string): Json => ({
  said: { type: 'radio_buttons', selected_option: { value } },
});
export const ticked = (...values: string[]): Json => ({
  refs: { type: 'checkboxes', selected_options: values.map((value) => ({ value })) },
});

/** All that stays: what waits in the table, the trail, runs, decisions and the log. */
export const kept = (desk: Awaited<ReturnType<typeof aGateDesk>>): string =>
  [
    ...desk.stored,
    JSON.stringify([...desk.memory.runs.values()]),
    JSON.stringify([...desk.memory.decisions.values()]),
    JSON.stringify(desk.memory.links),
    JSON.stringify(desk.logged),
  ].join('\n');
