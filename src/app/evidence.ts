import * as z from 'zod/mini';
import type { Link } from '../domain/audit';
import type { RemediationId } from '../domain/ids';
import type { Remediation, StepRecord } from '../domain/remediation';
import type { Artefact } from '../operations/calls/own';
import type { Store } from './ports';

/** The bucket of evidence, to read from. */
export interface EvidenceShelf {
  list(of: RemediationId): Promise<readonly Artefact[]>;
  /** What the bytes of this version hash to now, as 64 hex digits; none where it is gone. */
  hashOf(piece: Pick<Artefact, 'key' | 'version' | 'size'>): Promise<string | undefined>;
  /** Where it stands, for somebody with rights of their own to get it. */
  placeOf: (key: string) => string;
}

/** How a piece stands to what was written down when it was taken. Anything but `holds` is for people to look into. */
export type Standing =
  | 'holds'
  /** Somebody wrote over it or deleted it; the locked version behind that is as it was. */
  | 'covered'
  /** Its bytes are others than those that were kept. */
  | 'changed'
  | 'gone'
  /** The audit trail does not speak of it: its step failed, or nobody of ours put it there. */
  | 'unvouched'
  /** It could not be checked. */
  | 'unknown';

export type Piece = Artefact & { standing: Standing };

/** What an evidence step wrote down of what it kept. */
const Recorded = z.object({
  kept: z.array(
    z.object({
      name: z.string(),
      key: z.string(),
      version: z.string(),
      sha256: z.string(),
      size: z.number(),
      note: z.string(),
    }),
  ),
});
type Recorded = z.infer<typeof Recorded>['kept'][number];

export const tookEvidence = ({ proposal }: Remediation): boolean =>
  proposal?.plan.steps.some(({ operation }) => operation.startsWith('evidence.')) ?? false;

/** Every piece that was kept for a remediation, with the bytes read again and compared with record and trail. */
export const piecesOf = async (
  { store, evidence }: { store: Pick<Store, 'steps'>; evidence: EvidenceShelf },
  { id }: Pick<Remediation, 'id'>,
  trail: readonly Link[],
): Promise<Piece[]> => {
  const [steps, listed] = await Promise.all([store.steps(id), evidence.list(id)]);
  const vouched = hashesIn(trail, id);
  const records = steps.flatMap((step) =>
    recordedIn(step).map((record) => ({ record, run: `${id}/${step.index}` })),
  );
  const ours = records.map(async ({ record, run }): Promise<Piece> => {
    const now = listed.find(({ key }) => key === record.key);
    const standing = vouched.has(record.sha256)
      ? await standingOf(evidence, record, now)
      : 'unvouched';
    return { ...record, run, at: now?.at ?? '', by: now?.by ?? '', standing };
  });
  const others = listed
    .filter(({ key }) => !records.some(({ record }) => record.key === key))
    .map((piece): Piece => ({ ...piece, standing: 'unvouched' }));
  return [...(await Promise.all(ours)), ...others].sort(
    (a, b) => stepOf(a) - stepOf(b) || (a.name < b.name ? -1 : 1),
  );
};

const recordedIn = ({ after }: StepRecord): Recorded[] => {
  const read = Recorded.safeParse(after);
  return read.success ? read.data.kept : [];
};

/** The hashes that the trail tells of this remediation's steps. */
const hashesIn = (trail: readonly Link[], id: RemediationId): Set<string> =>
  new Set(
    trail
      .filter(({ event }) => event.remediation === id && event.type === 'step.applied')
      .flatMap(({ event }) =>
        Object.values(event.facts).flatMap(
          (fact) => /^[0-9a-f]{64}(?= )/.exec(String(fact))?.[0] ?? [],
        ),
      ),
  );

const standingOf = async (
  evidence: EvidenceShelf,
  record: Recorded,
  now: Artefact | undefined,
): Promise<Standing> => {
  try {
    const hash = await evidence.hashOf(record);
    if (hash === undefined) return 'gone';
    if (hash !== record.sha256) return 'changed';
    return now?.version === record.version ? 'holds' : 'covered';
  } catch {
    // Not to be able to look is never a sign that all is well (law 10).
    return 'unknown';
  }
};

const stepOf = ({ run }: Pick<Piece, 'run'>): number => Number(run.split('/')[1] ?? 0);
