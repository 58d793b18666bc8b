import * as z from 'zod/mini';
import type { Start } from '../../domain/gate/run';
import type { GateDeps } from './ports';
import { startRun, type Started } from './start';

/** One message of the queue: its id and EventBridge's event as text. */
export interface Upload {
  id: string;
  body: string;
}

const Created = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });

const keyOf = (body: string): string => Created.parse(JSON.parse(body)).detail.object.key;

/** What an upload may start: a run for its folder where it is the marker, else one for all that is quiet. */
const startOf = (key: string, marker: string | undefined): Start =>
  marker !== undefined && key.slice(key.lastIndexOf('/') + 1) === marker
    ? { kind: 'manifest', key }
    : { kind: 'uploads' };

/** Another run is at it, more is on its way, or somebody has to mend something: the event is worth another look later. */
const isEarly = (started: Started): boolean =>
  started.kind === 'already' ||
  (started.kind === 'refused' && (started.early ?? started.fault ?? false));

/**
 * Starts runs for uploads, however many and however often they are told (D32). Answers with the messages that are to be brought
 * again: those that came too early, and those that nobody can read, which end in the dead-letter queue (law 9).
 */
export const takeUploads = async (
  deps: GateDeps,
  uploads: readonly Upload[],
): Promise<string[]> => {
  const marker = deps.policy.gate?.manifest;
  const again: string[] = [];
  const starts = new Map<string, { start: Start; ids: string[] }>();
  for (const { id, body } of uploads) {
    let start: Start;
    try {
      start = startOf(keyOf(body), marker);
    } catch {
      again.push(id);
      continue;
    }
    const name = JSON.stringify(start);
    starts.set(name, { start, ids: [...(starts.get(name)?.ids ?? []), id] });
  }
  for (const { start, ids } of starts.values())
    if (isEarly(await startRun(deps, start))) again.push(...ids);
  return again;
};
