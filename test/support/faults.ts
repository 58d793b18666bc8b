/** What a killed process looks like from outside: nothing after this point happens any more. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

type Around = (name: string, run: () => Promise<unknown>) => Promise<unknown>;

/** The same object, with something around each of its methods, all of which answer with promises. */
export const around = <T extends object>(target: T, wrap: Around): T =>
  new Proxy(target, {
    get(of, name) {
      const member: unknown = Reflect.get(of, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) =>
        wrap(String(name), async () => Reflect.apply(member, of, given) as unknown);
    },
  });

/** Kills the process at one call, counted over everything that is wrapped, before or after the call took effect. */
export const killer = (at: number, when: 'before' | 'after') => {
  let calls = 0;
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Killed(`killed ${when} call ${at}`);
  };
  return {
    calls: () => calls,
    /** A new attempt starts a new process. */
    revive: () => {
      dead = false;
    },
    wrap: <T extends object>(target: T): T =>
      around(target, async (_, run) => {
        if (dead) return die();
        const mine = calls;
        calls += 1;
        if (mine === at && when === 'before') return die();
        const answer = await run();
        return mine === at ? die() : answer;
      }),
  };
};
