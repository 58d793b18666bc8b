import * as z from 'zod/mini';
import type { GateStore } from '../app/gate/ports';
import { gateRunOf, isWorthShowing } from '../app/gate/runs';
import type { FindingRecord, Store, Workflow } from '../app/ports';
import { runOf } from '../app/runs';
import { Link } from '../domain/audit';
import { Json } from '../domain/canonical';
import { GateRun } from '../domain/gate/run';
import { CaseId, FindingKey, GateRunId, RemediationId } from '../domain/ids';
import type { Policy } from '../domain/policy';
import { Remediation } from '../domain/remediation';
import type { Archive } from './archive';
import type { Outbox } from './queue';
import type { Item } from './table';

interface Needs {
  policy: Policy;
  store: Store;
  gate: Pick<GateStore, 'run'>;
  /** Runs of the gate have a workflow of their own. */
  gateWorkflow: Pick<Workflow, 'start'>;
  archive: Archive;
  outbox: Outbox;
  workflow: Workflow;
  /** Counts what a link tells. */
  count: (link: Link) => Promise<void>;
  /** Tells other systems of a link that is an outcome. */
  publish: (link: Link) => Promise<void>;
}

/** A stored change and what names it in the stream. */
export interface Stored {
  item: Item;
  mark: string;
}

/** Relays a batch: what happened to one item in its order, different items at once. Throws when all have come to an end. */
export const relayAll = async (deps: Needs, batch: readonly Stored[]): Promise<void> => {
  const items = new Map<string, Stored[]>();
  for (const stored of batch)
    items.set(stored.item.pk, [...(items.get(stored.item.pk) ?? []), stored]);
  const inOrder = async (those: readonly Stored[]): Promise<void> => {
    for (const { item, mark } of those) await relay(deps, item, mark);
  };
  const ends = await Promise.allSettled([...items.values()].map(inOrder));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
};

/**
 * What was stored becomes effect: an audit link goes to the bucket and to the thread, a changed record to its card, a
 * request or a decision to the workflow, an outcome to other systems. It runs on the table's stream, so nothing that was
 * stored can be forgotten (law 9), and doing it twice is doing it once.
 */
export const relay = async (deps: Needs, item: Item, mark: string): Promise<void> => {
  switch (item.kind) {
    case 'link': {
      const link = Link.parse(item.body);
      await deps.archive.keep(link);
      await show(deps, link.event.case, { seq: link.seq });
      await deps.count(link);
      // Last, since it is beyond us who listens: people in Slack have heard already.
      return deps.publish(link);
    }
    case 'finding':
      return show(deps, CaseId.parse(item.pk.slice('FINDING#'.length)), { mark });
    case 'remediation': {
      const remediation = Remediation.parse(item.body);
      await follow(deps, remediation);
      return show(deps, remediation.case, { mark });
    }
    case 'gate': {
      const run = GateRun.parse(item.body);
      const next = gateRunOf(run);
      if (next.kind === 'start') await deps.gateWorkflow.start(next.name, next.input);
      if (!isWorthShowing(run)) return undefined;
      return show(deps, CaseId.parse(run.id), { mark });
    }
    case 'step': {
      const id = RemediationId.parse(item.pk.slice('REMEDIATION#'.length));
      const remediation = await deps.store.remediation(id);
      return remediation && show(deps, remediation.case, { mark });
    }
    case 'ask': {
      const name = item.pk
        .slice('ASK#'.length)
        .replace(/[^\w-]/g, '-')
        .slice(0, 70);
      const task = Json.parse(item.body);
      const workflow = isOfGate(task) ? deps.gateWorkflow : deps.workflow;
      return workflow.start(`ask-${name}`, task);
    }
    case 'unread': {
      const { because } = z.object({ because: z.string() }).parse(item.body);
      const everythingElse = deps.policy.routing.at(-1)!.to;
      return deps.outbox.send(everythingElse, {
        kind: 'unread',
        id: item.pk.slice('UNREAD#'.length),
        because,
      });
    }
    default:
      return undefined;
  }
};

const GateTask = z.object({ task: z.literal('gate-desk') });
const isOfGate = (task: Json): boolean => GateTask.safeParse(task).success;

const follow = async ({ store, workflow }: Needs, remediation: Remediation): Promise<void> => {
  const run = runOf(remediation);
  if (run.kind === 'start') return workflow.start(run.name, run.input);
  if (run.kind === 'nothing') return;
  // No token yet: the workflow is still on its way to wait, and looks at the state when it gets there.
  const token = await store.token(run.id);
  if (token) await workflow.resume(token);
};

const show = async (
  { store, gate, outbox }: Needs,
  of: CaseId,
  what: { seq: number } | { mark: string },
): Promise<void> => {
  const place = await placeOf({ store, gate }, of);
  if (!place) return;
  const { channel, group } = place;
  // The first of a storm makes the group's card; housekeeping renews it, once for all who joined meanwhile.
  if (group?.shown === 'later') return;
  if (group) return outbox.send(channel, { kind: 'group', id: group.id, mark: 'first' });
  const message =
    'seq' in what
      ? ({ kind: 'entry', case: of, seq: what.seq } as const)
      : ({ kind: 'card', case: of, mark: what.mark } as const);
  await outbox.send(channel, message);
};

/** Where the case is shown; nowhere while its finding is not worth a card. */
const placeOf = async (
  { store, gate }: Pick<Needs, 'store' | 'gate'>,
  of: CaseId,
): Promise<Pick<FindingRecord, 'channel' | 'group'> | undefined> => {
  const run = GateRunId.safeParse(of);
  if (run.success) return gate.run(run.data);
  const key = FindingKey.safeParse(of);
  if (!key.success) return store.remediation(RemediationId.parse(of));
  const record = await store.finding(key.data);
  return record?.loud ? record : undefined;
};
