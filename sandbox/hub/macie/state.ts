export interface MacieState {
  placeholder?: never;
}
export function emptyMacie(): MacieState {
  return {};
}
