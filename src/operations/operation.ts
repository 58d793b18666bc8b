import type { Json } from '../domain/canonical';
import type { Aws } from './aws';

/**
 * The smallest reversible change. `Input` is what the plan fixes, `State` what stands in AWS: both are plain JSON, since
 * they are hashed, stored and shown.
 */
export interface Operation<Input extends Json = Json, State extends Json = Json> {
  kind: string;
  /** The line that the approver and the thread read. */
  describe(input: Input): string;
  /** What is there now. Read-only. */
  read(aws: Aws, input: Input): Promise<State>;
  /** Is it as wanted? Makes apply convergent, and is the check afterwards. */
  holds(state: State, input: Input): boolean;
  /** Idempotent: a second call, or a call after half a call, ends in the same state. */
  apply(aws: Aws, input: Input, now: State): Promise<void>;
  /** Back to `before`, for what this operation changed; what others changed meanwhile stays. Idempotent too. */
  undo(aws: Aws, input: Input, before: State, now: State): Promise<void>;
  /** Has `undo` reached its end? */
  restored(state: State, input: Input, before: State): boolean;
  /** What others changed between `after` and now, in words; empty when nobody did. */
  drift(after: State, now: State): string[];
  /** Exact IAM actions: the calls made, and what AWS asks for besides (tags on creation, passed roles). */
  permissions: { read: readonly string[]; apply: readonly string[]; undo: readonly string[] };
}
