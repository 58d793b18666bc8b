import type { Json } from '../domain/canonical';
import type { Aws } from './aws';

/**
 * The smallest change. `Input` is what the plan fixes, `State` what stands in AWS: both are plain JSON, since they are
 * hashed, stored and shown.
 */
interface Change<Input extends Json, State extends Json> {
  kind: string;
  /** The line that the approver and the thread read. */
  describe(input: Input): string;
  /**
   * What is there now. Read-only.
   * @param run `<remediation>/<index>`: the same for each try of one step, so that what it started is found again
   */
  read(aws: Aws, input: Input, run: string): Promise<State>;
  /** Is it as wanted? Makes apply convergent, and is the check afterwards. */
  holds(state: State, input: Input): boolean;
  /** Idempotent: a second call, or a call after half a call, ends in the same state. */
  apply(aws: Aws, input: Input, now: State, run: string): Promise<void>;
  /** What AWS or a tool is still busy with after `apply`, or how it failed. Absent: a change shows at once. */
  pending?(state: State, input: Input): Pending | undefined;
  /** Seconds that `pending` may take before the step counts as failed; 600 unless told. */
  patience?(input: Input): number;
  /** What later steps may use of it, once it holds; told and shown, so never a secret. */
  output?(state: State): Readonly<Record<string, string>>;
  /** What others changed between `after` and now, in words; empty when nobody did. */
  drift(after: State, now: State): string[];
}

export type Pending = { running: string } | { failed: string };

export interface Reversible<Input extends Json = Json, State extends Json = Json> extends Change<
  Input,
  State
> {
  irreversible?: never;
  /** Back to `before`, for what this operation changed; what others changed meanwhile stays. Idempotent too. */
  undo(aws: Aws, input: Input, before: State, now: State): Promise<void>;
  /** Has `undo` reached its end? */
  restored(state: State, input: Input, before: State): boolean;
  /** Exact IAM actions: the calls made, and what AWS asks for besides (tags on creation, passed roles). */
  permissions: { read: readonly string[]; apply: readonly string[]; undo: readonly string[] };
}

export interface Irreversible<Input extends Json = Json, State extends Json = Json> extends Change<
  Input,
  State
> {
  /** Why there is no way back, for the person who approves. */
  irreversible: string;
  permissions: { read: readonly string[]; apply: readonly string[]; undo?: never };
}

export type Operation<Input extends Json = Json, State extends Json = Json> =
  | Reversible<Input, State>
  | Irreversible<Input, State>;
