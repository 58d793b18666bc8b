import * as z from 'zod/mini';

/**
 * One statement of a resource policy in one form, whatever way it was written: `"*"` is `{ AWS: ["*"] }`, one value is a
 * list, lists are sorted, condition operators and keys are in lower case. Two statements that mean the same are equal.
 */
export type Statement = {
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  /** By type: `AWS`, `Service`, `Federated`, `CanonicalUser`. */
  readonly principals: Readonly<Record<string, readonly string[]>>;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
  /** Which of the three are written as NotPrincipal, NotAction, NotResource: they mean everything but these. */
  readonly except: readonly ('principals' | 'actions' | 'resources')[];
};

export type Condition = {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
};

const Texts = z.union([z.string(), z.array(z.string())]);
const Values = z.union([
  z.union([z.string(), z.number(), z.boolean()]),
  z.array(z.union([z.string(), z.number(), z.boolean()])),
]);
const Principal = z.union([z.literal('*'), z.record(z.string(), Texts)]);
/** Strict: a member that is not known here may be what restricts the statement. */
const Raw = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.optional(Principal),
  NotPrincipal: z.optional(Principal),
  Action: z.optional(Texts),
  NotAction: z.optional(Texts),
  Resource: z.optional(Texts),
  NotResource: z.optional(Texts),
  Condition: z.optional(z.record(z.string(), z.record(z.string(), Values))),
});
type Raw = z.infer<typeof Raw>;
const Document = z.strictObject({
  Version: z.optional(z.string()),
  Id: z.optional(z.string()),
  Statement: z.union([Raw, z.array(Raw)]),
});

/** The statements of a policy's JSON text in their order. Undefined: not a policy, or one with parts that are unknown here. */
export const parsePolicy = (text: string): readonly Statement[] | undefined => {
  const { data } = Document.safeParse(jsonOf(text));
  const raw = data && listOf(data.Statement);
  return raw?.every(isWhole) ? raw.map(statementOf) : undefined;
};

/** A member called `__proto__` would be lost on the way, so there is no such policy. */
const jsonOf = (text: string): unknown => {
  try {
    const odd = { found: false };
    const value: unknown = JSON.parse(text, (name, member: unknown) => {
      odd.found ||= name === '__proto__';
      return member;
    });
    return odd.found ? undefined : value;
  } catch {
    return undefined;
  }
};

const listOf = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? value : [value as T];

const one = (a: unknown, b: unknown): boolean => (a === undefined) !== (b === undefined);

const isWhole = (raw: Raw): boolean =>
  one(raw.Principal, raw.NotPrincipal) &&
  one(raw.Action, raw.NotAction) &&
  one(raw.Resource, raw.NotResource);

const statementOf = (raw: Raw): Statement => ({
  sid: raw.Sid ?? '',
  effect: raw.Effect,
  principals: principalsOf(raw.Principal ?? raw.NotPrincipal),
  actions: sorted(raw.Action ?? raw.NotAction),
  resources: sorted(raw.Resource ?? raw.NotResource),
  conditions: Object.entries(raw.Condition ?? {})
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({
        operator: operator.toLowerCase(),
        key: key.toLowerCase(),
        values: sorted(listOf(values).map(String)),
      })),
    )
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
  except: [
    ...(raw.NotPrincipal === undefined ? [] : (['principals'] as const)),
    ...(raw.NotAction === undefined ? [] : (['actions'] as const)),
    ...(raw.NotResource === undefined ? [] : (['resources'] as const)),
  ],
});

const orderOf = ({ operator, key }: Condition): string => `${operator} ${key}`;

const sorted = (texts: string | readonly string[] = []): string[] => [...listOf(texts)].sort();

const principalsOf = (principal: z.infer<typeof Principal> = {}): Statement['principals'] =>
  principal === '*'
    ? { AWS: ['*'] }
    : Object.fromEntries(Object.entries(principal).map(([type, who]) => [type, sorted(who)]));
