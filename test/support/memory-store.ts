import type { Change, Committed, Due, FindingRecord, Store } from '../../src/app/ports';
import { link, type Link } from '../../src/domain/audit';
import type { Json } from '../../src/domain/canonical';
import type { RemediationId } from '../../src/domain/ids';
import { StepRecord, type Remediation } from '../../src/domain/remediation';

/** What a memory store holds; tests may look, and may break it. */
export interface Held {
  findings: Map<string, FindingRecord>;
  remediations: Map<string, Remediation>;
  steps: Map<string, Map<number, Record<string, unknown>>>;
  locks: Map<string, RemediationId>;
  deliveries: Set<string>;
  events: Set<string>;
  chains: Map<string, Link[]>;
  due: Map<Due, string>;
  automatic: Map<RemediationId, string>;
  tokens: Map<string, string>;
  previews: Map<string, Json>;
  unread: Map<string, { because: string; raw: string }>;
}
export type MemoryStore = Store & { readonly held: Held };

/** Stored values share nothing with those that were handed in, and keep no `undefined`. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const copyOf = <T>(value: T | undefined): T | undefined => value && copy(value);

/** The whole `Store` in memory: atomic changes, versions, locks, markers, audit chains, write-once `before`. */
export const memoryStore = (): MemoryStore => {
  const held: Held = {
    findings: new Map(),
    remediations: new Map(),
    steps: new Map(),
    locks: new Map(),
    deliveries: new Set(),
    events: new Set(),
    chains: new Map(),
    due: new Map(),
    automatic: new Map(),
    tokens: new Map(),
    previews: new Map(),
    unread: new Map(),
  };
  const stepOf = (id: RemediationId, index: number): Record<string, unknown> => {
    const steps = held.steps.get(id) ?? new Map<number, Record<string, unknown>>();
    held.steps.set(id, steps);
    const step = steps.get(index) ?? { index };
    steps.set(index, step);
    return step;
  };
  return {
    held,
    finding: async (key) => copyOf(held.findings.get(key)),
    remediation: async (id) => copyOf(held.remediations.get(id)),
    steps: async (id) =>
      [...(held.steps.get(id)?.values() ?? [])]
        .map((step) => StepRecord.parse(copy(step)))
        .sort((a, b) => a.index - b.index),
    openOn: async (lock) => held.locks.get(lock),
    commit: async (change) => commit(held, copy(change)),
    async saveBefore(id, index, before) {
      const step = stepOf(id, index);
      if (!('before' in step)) step['before'] = copy(before);
      step['status'] ??= 'pending';
      step['attempts'] ??= 0;
      return copy(step['before'] as Json);
    },
    async saveStep(id, { index, ...step }) {
      const { before: _, ...rest } = copy<Partial<StepRecord>>(step);
      Object.assign(stepOf(id, index), rest);
    },
    saveToken: async (id, token) => void held.tokens.set(id, token),
    token: async (id) => held.tokens.get(id),
    async due(now) {
      const ripe = [...held.due]
        .filter(([, at]) => at <= now)
        .sort(([a, first], [b, second]) => (first + a < second + b ? -1 : 1))
        .map(([id]) => id);
      const of = (kind: RegExp): Due[] => ripe.filter((id) => kind.test(id)).slice(0, 50);
      return [...of(/^rem-/), ...of(/^watch-/), ...of(/^gate-/), ...of(/^[0-9a-f]{32}$/)];
    },
    async automaticBeside(id, at, most) {
      const others = [...held.automatic].filter(
        ([other, when]) => other !== id && Math.abs(Date.parse(when) - Date.parse(at)) < 3_600_000,
      ).length;
      if (others < most) held.automatic.set(id, at);
      else held.automatic.delete(id);
      return others;
    },
    trail: async (of) => copy(held.chains.get(of) ?? []),
    ask: async (viewId, task) => void held.previews.set(viewId, task),
    async keepUnread(id, because, raw) {
      if (!held.unread.has(id)) held.unread.set(id, { because, raw });
    },
  };
};

const commit = (held: Held, change: Change): Committed => {
  const { finding, remediation, take, release, delivery, due, events } = change;
  if (delivery !== undefined && held.deliveries.has(delivery)) return 'already';
  if (take && held.locks.has(take.lock)) return 'locked';
  if (finding && !follows(held.findings.get(finding.finding.key), finding)) return 'conflict';
  if (remediation && !follows(held.remediations.get(remediation.id), remediation))
    return 'conflict';
  if (events.some(({ id }) => held.events.has(id))) return 'already';
  if (delivery !== undefined) held.deliveries.add(delivery);
  if (finding) held.findings.set(finding.finding.key, finding);
  if (remediation) held.remediations.set(remediation.id, remediation);
  if (take) held.locks.set(take.lock, take.by);
  if (release !== undefined) held.locks.delete(release);
  for (const each of [due ?? []].flat())
    if ('at' in each) held.due.set(each.id, each.at);
    else held.due.delete(each.id);
  for (const event of events) {
    const chain = held.chains.get(event.case) ?? [];
    held.chains.set(event.case, [...chain, link(chain.at(-1), event)]);
    held.events.add(event.id);
  }
  return 'done';
};

const follows = (stored: { version: number } | undefined, next: { version: number }): boolean =>
  next.version === (stored?.version ?? 0) + 1;
