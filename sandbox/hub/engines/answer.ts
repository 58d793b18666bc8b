import type { World } from '../world';

/** The JSON form of an SDK shape in the protocols of SSM and Step Functions: dates travel as seconds since 1970. */
type Epoch<T> = T extends Date
  ? number
  : T extends (infer Item)[]
    ? Epoch<Item>[]
    : T extends object
      ? { [Key in keyof T]: Epoch<T[Key]> }
      : T;

/** What an operation answers: the SDK's output type in JSON form, so a renamed member fails to compile. */
export type Answer<Output> = Epoch<Omit<Output, '$metadata'>>;

export const secondsAt = ({ now }: Pick<World, 'now'>): number => now().getTime() / 1000;
