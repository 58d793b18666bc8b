import type { CallMatch, Fault } from './types';

/** What a call is matched by. */
export interface Subject {
  readonly service: string;
  readonly action: string;
  readonly account: string;
  readonly function: string | undefined;
  readonly assumed: boolean;
}

export const fits = (call: Subject, match: CallMatch): boolean =>
  (match.service ?? call.service) === call.service &&
  (match.action ?? call.action) === call.action &&
  (match.function ?? call.function) === call.function &&
  (match.account ?? call.account) === call.account &&
  (match.assumed ?? call.assumed) === call.assumed;

/** Numbers from 0 to below 1 that look random and are the same in each run (a linear congruential row). */
const row = (seed: number): (() => number) => {
  let state = seed * 7919;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

interface Armed {
  readonly match: CallMatch;
  readonly fault: Fault;
  readonly draw: () => number;
  left: number;
}

export class Faults {
  private armed: Armed[] = [];

  add(match: CallMatch, fault: Fault): void {
    const left = fault.times ?? (fault.chance === undefined ? 1 : Infinity);
    this.armed.push({ match, fault, left, draw: row(this.armed.length + 1) });
  }

  clear(): void {
    this.armed = [];
  }

  /** The fault that hits this call, used up by it. */
  take(call: Subject): Fault | undefined {
    const hit = this.armed.find(
      ({ match, fault: { chance = 1 }, draw, left }) =>
        left > 0 && fits(call, match) && (chance >= 1 || draw() < chance),
    );
    if (hit) hit.left -= 1;
    return hit?.fault;
  }
}
