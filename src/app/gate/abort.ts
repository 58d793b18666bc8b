import type { Taken, Version } from '../../domain/gate/object';
import type { GateRun, Status } from '../../domain/gate/run';
import { markOf } from '../../domain/gate/run-id';
import { abreast, reads } from './abreast';
import { under } from './lease';
import { takenLater } from './later';
import { copyAll } from './move-clean';
import type { Copy, GateDeps, RawVersion } from './ports';
import { counted, stageBatch } from './stage';
import { gateEvent, keepFirst, put, type Step } from './write';

type Aborting = Extract<Status, { state: 'aborting' }>;
type Lying = Taken & { staged: Version };

const patience = 30;

/** Back to the raw bucket, batch by batch; the job is cancelled first (D20). */
export const abort = async (deps: GateDeps, run: GateRun, status: Aborting): Promise<Step> => {
  const holder = await deps.gate.holder('gate-raw');
  // Whoever stages now must not find half of what comes back.
  if (holder !== undefined && holder !== run.id) return { next: 'wait', seconds: patience };
  if (status.job && status.batch === 1) await deps.macie.cancel(status.job);
  return under(deps, run, 'gate-released', async (ours) => {
    let current = await put(deps, ours, {}, { take: 'gate-raw' });
    for (;;) {
      if (current.status.state !== 'aborting') return { run: current };
      current = await giveBack(deps, current, current.status);
      if (!deps.hasTime()) return { next: 'again' };
    }
  });
};

const giveBack = async (deps: GateDeps, run: GateRun, status: Aborting): Promise<GateRun> => {
  const { batch } = status;
  const before = batch > 1 ? await lying(deps, run, batch - 1) : [];
  await deps.objects.remove(
    'stage',
    before.map(({ staged }) => staged),
  );
  if (batch > run.batches) return (await finishBatch(deps, run, batch)) ?? end(deps, run);
  const all = await lying(deps, run, batch);
  const newer = await takenLater(
    deps,
    run,
    all.map(({ raw }) => raw.key),
  );
  const there = await abreast(all, reads, (each) => isNewer(deps, run, each));
  const kept = all.filter(({ raw }, index) => newer.has(raw.key) || there[index]);
  const back = all.filter((each) => !kept.includes(each));
  const copies = back.map((each) => ({
    ...copyOf(each, each.raw.key),
    tags: { 'drawbridge:object': markOf(run.id, each.ref) },
  }));
  const versions = await copyAll(deps, 'stage', 'raw', copies, true);
  const late = await takeBack(deps, back, versions);
  const apart = [...kept, ...late];
  const toQuarantine = apart.map((each) => copyOf(each, each.staged.key));
  await copyAll(deps, 'stage', 'quarantine', toQuarantine, true);
  const covered = await abreast(apart, reads, async (each) =>
    ourCopies(deps, run, each, await versionsOf(deps, each.raw.key)),
  );
  await deps.objects.remove('raw', covered.flat());
  const { counts } = run;
  return put(deps, run, {
    status: { ...status, batch: batch + 1 },
    counts: {
      ...counts,
      returned: counts.returned + back.length - late.length,
      outdated: counts.outdated + apart.length,
    },
  });
};

/** A batch that was under way is brought to its end first; where there is none, its empty list keeps others from beginning it. */
const finishBatch = async (
  deps: GateDeps,
  run: GateRun,
  batch: number,
): Promise<GateRun | undefined> => {
  const taken = await keepFirst(deps, run.id, 'taken', batch, []);
  if (taken.length === 0) return undefined;
  const staged = await stageBatch(deps, run.id, batch, taken, true);
  return put(deps, run, { batches: batch, counts: counted(run.counts, taken, staged) });
};

const lying = async ({ batches }: GateDeps, { id }: GateRun, batch: number): Promise<Lying[]> => {
  const taken = (await batches.get(id, 'taken', batch)) ?? [];
  const staged = (await batches.get(id, 'staged', batch)) ?? {};
  return taken.flatMap((each) => {
    const end = staged[each.ref];
    return !each.overwritten && end && 'version' in end ? [{ ...each, staged: end.version }] : [];
  });
};

const copyOf = ({ staged, size, storageClass }: Lying, to: string): Copy => ({
  source: staged,
  size,
  ...(storageClass && { storageClass }),
  to,
});

const versionsOf = async ({ objects }: GateDeps, key: string): Promise<RawVersion[]> =>
  (await objects.listRaw(key, undefined, 1)).versions.filter(({ raw }) => raw.key === key);

/** Was the key uploaded anew? What has our mark was put there by a call before this one. */
const isNewer = async (deps: GateDeps, run: GateRun, { ref, raw }: Lying): Promise<boolean> => {
  const there = await versionsOf(deps, raw.key);
  if (there.length !== 1) return there.length > 1;
  return (await deps.objects.markOf('raw', raw.key)) !== markOf(run.id, ref);
};

/** What a call before this one put back beside an upload: versions of our very bytes, on top only with our mark. */
const ourCopies = async (
  { objects }: GateDeps,
  run: GateRun,
  { ref, raw, size, staged }: Lying,
  there: readonly RawVersion[],
): Promise<Version[]> => {
  const alike = there.filter((each) => each.size === size && each.raw.etag === staged.etag);
  if (alike.length === 0) return [];
  const isOurs = (await objects.markOf('raw', raw.key)) === markOf(run.id, ref);
  return alike.filter(({ latest }) => !latest || isOurs).map((each) => each.raw);
};

/** An upload came at the very moment: it is newer, so ours is taken away again. */
const takeBack = async (
  deps: GateDeps,
  back: readonly Lying[],
  versions: readonly Version[],
): Promise<Lying[]> => {
  const alone = await abreast(
    back,
    reads,
    async ({ raw }) => (await versionsOf(deps, raw.key)).length <= 1,
  );
  const late = back.filter((_, index) => !alone[index]);
  await deps.objects.remove(
    'raw',
    versions.filter((_, index) => !alone[index]),
  );
  return late;
};

const end = (deps: GateDeps, run: GateRun): Promise<GateRun> => {
  const at = deps.now();
  const { returned, outdated } = run.counts;
  const event = gateEvent(run, 'gate.aborted', at, { returned, outdated }, { mark: run.version });
  const status: Status = { state: 'aborted', at: at.toISOString() };
  const release = ['gate-raw', 'gate-released'] as const;
  return put(deps, run, { status }, { release, due: { done: true }, events: [event] });
};
