import { fateOf } from '../../src/domain/gate/decision';
import { verify } from '../../src/domain/audit';
import { isLive } from '../../src/domain/gate/run';
import { GateRunId } from '../../src/domain/ids';
import type { MemoryGate } from './memory-gate';

const places = ['raw', 'stage', 'review', 'released', 'quarantine'] as const;

/** Every version that was ever uploaded, by its body. */
export interface Upload {
  key: string;
  body: string;
}

/** What must hold once all runs have come to rest. Each sentence names what it found. */
export const broken = (gate: MemoryGate, uploads: readonly Upload[]): string[] => [
  ...lost(gate, uploads),
  ...unproven(gate),
  ...hidden(gate),
  ...unchained(gate),
  ...stuck(gate),
];

/** No object lost, none twice: each version is in exactly one place, or was deleted by two people. */
const lost = (gate: MemoryGate, uploads: readonly Upload[]): string[] => {
  const deleted = new Set(
    [...gate.store.held].flatMap(([, held]) =>
      [...held.values()].filter(({ end }) => end === 'deleted').map(({ held: { etag } }) => etag),
    ),
  );
  return uploads.flatMap(({ key, body }) => {
    const where = places
      .flatMap((place) => gate.bodies(place).flatMap((each) => (each === body ? [place] : [])))
      // Macie shows samples of what is still where it read it.
      .filter((place, _, all) => place !== 'stage' || !all.includes('review'));
    // A net that cuts a move off frees its lock: what was released by then, and is covered by a newer upload since, is
    // taken for outdated when the run goes on, and a second copy is kept apart. Nobody reads either.
    const isCovered =
      where.join() === 'released,quarantine' &&
      gate.buckets.current('released', key)?.body !== body;
    if (isCovered) return [];
    const isDeleted = deleted.has(`"${body.replaceAll(' ', '-')}"`);
    return where.length === (isDeleted ? 0 : 1)
      ? []
      : [`${body} of ${key} is in ${where.join(', ') || 'no place'}`];
  });
};

/** Nothing is released without a proof of its own, or what the policy asks of people. */
const unproven = (gate: MemoryGate): string[] =>
  gate.buckets.places.released.flatMap(({ body, tags }) => {
    if (body.startsWith('clean')) return [];
    const [run = '', ref = ''] = (tags['drawbridge:object'] ?? '').split('.');
    const id = GateRunId.parse(run);
    const held = gate.store.held.get(id)?.get(ref);
    if (!held) return [`${body} was released and never held`];
    const fate = fateOf(held, gate.store.decided.get(id) ?? [], gate.world.policy.gate!);
    return fate.kind === 'release' ? [] : [`${body} was released, but it is ${fate.kind}`];
  });

/** A newer upload is never hidden by an older one. Uploads are numbered. */
const hidden = (gate: MemoryGate): string[] => {
  const last = new Map<string, number>();
  return gate.buckets.places.released.flatMap(({ key, body }) => {
    const number = Number(body.split(' ')[1]);
    const before = last.get(key) ?? 0;
    last.set(key, number);
    return before > number ? [`${body} of ${key} came after ${before}`] : [];
  });
};

const unchained = (gate: MemoryGate): string[] =>
  [...gate.store.chains].flatMap(([id, links]) => {
    const verdict = verify(links);
    return verdict.ok ? [] : [`${id}: ${verdict.because}`];
  });

/** What is over holds no lock, counts what it had, and left nothing where it worked. */
const stuck = (gate: MemoryGate): string[] =>
  [...gate.store.runs.values()].flatMap((run) => {
    const { taken, released, keptOut, deleted, outdated, returned } = run.counts;
    const sum = released + keptOut + deleted + outdated + returned;
    const locks = [...gate.store.locks].filter(([, id]) => id === run.id).map(([lock]) => lock);
    const left = (['stage', 'review'] as const).filter((place) =>
      gate.buckets.places[place].some(({ key }) => key.startsWith(`${run.id}/`)),
    );
    const undecided = [...(gate.store.held.get(run.id)?.values() ?? [])].filter(({ end }) => !end);
    if (isLive(run)) return locks.length > 0 ? [`${run.id} rests and has ${locks.join()}`] : [];
    return [
      ...(sum === taken ? [] : [`${run.id} took ${taken} and tells of ${sum}`]),
      ...(locks.length > 0 ? [`${run.id} is over and has ${locks.join()}`] : []),
      ...left.map((place) => `${run.id} is over and left something in ${place}`),
      ...(undecided.length > 0 ? [`${run.id} is over with ${undecided.length} undecided`] : []),
    ];
  });
