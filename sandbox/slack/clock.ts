/** Time as the workspace sees it; tests move it by hand instead of sleeping. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  wait(ms: number): Promise<void>;
}

export const realClock: Clock = {
  now: () => Date.now(),
  // Unreferenced: a pending retry of an event must not keep the process alive.
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
};

/** A clock that stands still until `advance`. */
export function manualClock(
  start = Date.UTC(2026, 0, 5, 9),
): Clock & { advance(ms: number): void } {
  let at = start;
  let waiting: { due: number; resolve: () => void }[] = [];
  return {
    now: () => at,
    wait: (ms) => new Promise((resolve) => waiting.push({ due: at + ms, resolve })),
    advance(ms) {
      at += ms;
      const due = waiting.filter((one) => one.due <= at);
      waiting = waiting.filter((one) => one.due > at);
      for (const one of due) one.resolve();
    },
  };
}
