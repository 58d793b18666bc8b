/** Input and output of an SDK command, by the command's class. */
type Io<Command> = Command extends abstract new (...given: never) => {
  input: infer Input;
  resolveMiddleware(...given: never): (...given: never) => Promise<{ output: infer Output }>;
}
  ? [Input, Output]
  : never;

/**
 * The calls of one service, `prefix:Operation` → [input, output], from the commands of its SDK module. Types only: the
 * catalogue names calls and never loads a client.
 * @template Module the SDK's module, by `import type * as`
 */
export type CallsOf<Module, Prefix extends string, Names extends string> = {
  [Name in Names as `${Prefix}:${Name}`]: `${Name}Command` extends keyof Module
    ? Io<Module[`${Name}Command`]>
    : never;
};
