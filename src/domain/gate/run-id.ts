import { GateRunId } from '../ids';

/** Ids sort by time: nine digits of milliseconds, then chance. `random`: 20 characters of 0–9 and a–z. */
export const gateRunId = (now: Date, random: string): GateRunId =>
  GateRunId.parse(`gate-${now.getTime().toString(36).padStart(9, '0')}${random.slice(0, 11)}`);

/** What the tag `drawbridge:object` says of a released object: run and ref, such as `gate-….000001-0042`. */
export const markOf = (run: GateRunId, ref: string): string => `${run}.${ref}`;

/** Is what stands there of a later run than this one, so of a later upload? */
export const isLater = (mark: string | undefined, run: GateRunId): boolean =>
  mark !== undefined &&
  GateRunId.safeParse(mark.split('.')[0]).success &&
  mark.split('.')[0]! > run;
