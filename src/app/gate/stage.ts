import { objectRef, stagedKey, type Taken, batchSize } from '../../domain/gate/object';
import type { Counts, GateRun, Status } from '../../domain/gate/run';
import type { GateRunId } from '../../domain/ids';
import type { Copied, Cursor, GateDeps, GateLists, RawVersion } from './ports';
import { gateEvent, keepFirst, later, put, ruleOf, type Step } from './write';

type Staging = Extract<Status, { state: 'staging' }>;
type Staged = GateLists['staged'];

const gone = 'it was gone';
const blocked = 'an older version of it could not be set aside';

/**
 * One batch out of the raw bucket: listed, written down, copied, written down, deleted. Only versions that are written down as
 * copied are deleted, and only those very versions (D27).
 */
export const stage = async (deps: GateDeps, run: GateRun, status: Staging): Promise<Step> => {
  const { batch } = status;
  const known = await deps.batches.get(run.id, 'taken', batch);
  const listed = known ? { taken: known } : await list(deps, run, status);
  if ('after' in listed)
    return { run: await put(deps, run, { status: { ...status, after: listed.after } }) };
  const { length } = listed.taken;
  const taken =
    known || length === 0
      ? listed.taken
      : await keepFirst(deps, run.id, 'taken', batch, listed.taken);
  const last = taken.at(-1);
  if (!last) return endStaging(deps, run);
  const staged = await stageBatch(deps, run.id, batch, taken, known !== undefined);
  // Only a batch of one key can be larger: that key may go on.
  const { key, versionId } = last.raw;
  const after = { key, versionId: taken.length > batchSize ? versionId : '' };
  return {
    run: await put(deps, run, {
      status: { state: 'staging', batch: batch + 1, after },
      batches: batch,
      counts: counted(run.counts, taken, staged),
    }),
  };
};

/** What is next in the raw bucket and old enough. Where a whole page is too young, the place to go on from. */
const list = async (
  deps: GateDeps,
  run: GateRun,
  { batch, after }: Staging,
): Promise<{ taken: Taken[] } | { after: Cursor }> => {
  const { versions, next } = await deps.objects.listRaw(run.prefix, after, batchSize);
  const taken = oldEnough(versions, youngest(deps, run)).map(
    ({ latest, ...version }, index): Taken => ({
      ref: objectRef(batch, index),
      ...version,
      ...(!latest && { overwritten: true }),
    }),
  );
  return taken.length === 0 && next ? { after: next } : { taken };
};

/** A manifest says that its folder is whole; otherwise an upload may be one of several that belong together (D32). */
const youngest = (deps: GateDeps, { start, startedAt }: GateRun): string | undefined =>
  start.kind === 'manifest' ? undefined : later(new Date(startedAt), -ruleOf(deps).quiet);

const oldEnough = (versions: readonly RawVersion[], until: string | undefined): RawVersion[] => {
  const young = new Set(
    versions
      .filter(({ latest, modified }) => latest && until !== undefined && modified > until)
      .map(({ raw }) => raw.key),
  );
  return versions.filter(({ raw }) => !young.has(raw.key));
};

/**
 * Copies a batch, unless that is written down already, then takes it out of the raw bucket. What was overwritten goes first: were
 * it left behind, it would be taken for the newest.
 */
export const stageBatch = async (
  deps: GateDeps,
  run: GateRunId,
  batch: number,
  taken: readonly Taken[],
  again: boolean,
): Promise<Staged> => {
  const old = taken.filter(({ overwritten }) => overwritten);
  const fresh = taken.filter(({ overwritten }) => !overwritten);
  const staged =
    (await deps.batches.get(run, 'staged', batch)) ??
    (await keepFirst(deps, run, 'staged', batch, await copyAll(deps, run, old, fresh, again)));
  const copied = ({ ref }: Taken): boolean => 'version' in (staged[ref] ?? {});
  await deps.objects.remove(
    'raw',
    old.filter(copied).map(({ raw }) => raw),
  );
  await deps.objects.remove(
    'raw',
    fresh.filter(copied).map(({ raw }) => raw),
  );
  return staged;
};

const copyAll = async (
  deps: GateDeps,
  run: GateRunId,
  old: readonly Taken[],
  fresh: readonly Taken[],
  again: boolean,
): Promise<Staged> => {
  const apart = await copy(deps, 'quarantine', old, again, ({ ref, raw }) =>
    // Several versions of one key may be there, so each has its own place.
    stagedKey(run, ref, `${ref}/${raw.key}`),
  );
  const stuck = new Set(old.filter(({ ref }) => isRefused(apart[ref])).map(({ raw }) => raw.key));
  const free = fresh.filter(({ raw }) => !stuck.has(raw.key));
  const main = await copy(deps, 'stage', free, again, ({ ref, raw }) =>
    stagedKey(run, ref, raw.key),
  );
  const left = fresh
    .filter(({ raw }) => stuck.has(raw.key))
    .map(({ ref }) => [ref, { refused: blocked }] as const);
  return { ...apart, ...main, ...Object.fromEntries(left) };
};

const copy = async (
  { objects }: GateDeps,
  to: 'quarantine' | 'stage',
  those: readonly Taken[],
  again: boolean,
  keyOf: (taken: Taken) => string,
): Promise<Staged> => {
  if (those.length === 0) return {};
  const copies = those.map((each) => ({
    source: each.raw,
    size: each.size,
    ...(each.storageClass && { storageClass: each.storageClass }),
    to: keyOf(each),
  }));
  const ends = await objects.copy('raw', to, copies, again);
  return Object.fromEntries(those.map(({ ref }, index) => [ref, endOf(ends[index])]));
};

const endOf = (copied: Copied | undefined): Staged[keyof Staged] => {
  if (copied?.kind === 'copied') return { version: copied.version };
  return { refused: copied?.kind === 'refused' ? copied.because : gone };
};

const isRefused = (end: Staged[keyof Staged] | undefined): boolean =>
  end !== undefined && 'refused' in end && end.refused !== gone;

/** What its uploader took away meanwhile was never ours, and is not counted. */
export const counted = (counts: Counts, taken: readonly Taken[], staged: Staged): Counts => {
  const moved = taken.filter(({ ref }) => 'version' in (staged[ref] ?? {}));
  const fresh = moved.filter(({ overwritten }) => !overwritten);
  const left = taken.filter(({ ref }) => isRefused(staged[ref])).length;
  return {
    ...counts,
    taken: counts.taken + fresh.length,
    bytes: counts.bytes + fresh.reduce((sum, { size }) => sum + size, 0),
    overwritten: counts.overwritten + moved.length - fresh.length,
    left: counts.left + left,
  };
};

/** Nothing more is taken: others may take from now on. */
const endStaging = async (deps: GateDeps, run: GateRun): Promise<Step> => {
  const at = deps.now();
  const { taken, bytes, overwritten, left } = run.counts;
  const facts = { objects: taken, bytes, overwritten, left };
  const staged = gateEvent(run, 'gate.staged', at, facts, { mark: run.version });
  const release = ['gate-raw'] as const;
  if (taken === 0) {
    const done = gateEvent(run, 'gate.done', at, { objects: 0 }, { mark: run.version });
    const status: Status = { state: 'done', at: at.toISOString() };
    return { run: await put(deps, run, { status }, { release, events: [staged, done] }) };
  }
  const status: Status = { state: 'scanning', since: at.toISOString(), looks: 0 };
  return { run: await put(deps, run, { status }, { release, events: [staged] }) };
};
