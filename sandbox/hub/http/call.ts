import type { World } from '../world';

/** One request, already attributed: who calls, where, and what. */
export interface Call {
  world: World;
  account: string;
  region: string;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
}

/** The JSON form of an SDK shape: dates travel as ISO text in both services. */
export type Wire<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T;

/** What an operation answers: the SDK's output type in JSON form, so a renamed member fails to compile. */
export type Answer<Output> = Wire<Omit<Output, '$metadata'>>;

/** The answer of operations whose output shape has no members. */
export type Done = Record<string, never>;

export interface Route {
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in the service model: `/jobs/{jobId}`; `{name+}` also takes slashes. */
  path: string;
  run: (call: Call) => object | Promise<object>;
}

/** Told apart by the signing name in the SigV4 scope; `sandbox` is what no AWS caller can ask for. */
export type Service = 'macie2' | 'securityhub' | 'ssm' | 'states' | 'sandbox';
