/**
 * A failure that is told to a person in its own words. `cause` goes to the log only.
 * Everything else that is thrown is unknown: people get a reference, the log gets the stack.
 */
export class Told extends Error {
  override readonly name = 'Told';
}

/** For the end of an exhaustive switch: a new case is a compile error here. */
export const never = (value: never): never => {
  throw new TypeError(`unhandled case ${JSON.stringify(value)}`);
};
