/** Milliseconds that are left of this call. */
export type Budget = () => number;

/**
 * With less than this no further step is begun: the workflow calls again with a fresh budget. The longest step, which
 * moves interfaces by an open group, waits there twice where one is attached meanwhile, and makes calls for 15 s.
 */
export const reserve = 45_000;
