/** Milliseconds that are left of this call. */
export type Budget = () => number;

/** With less than this no further step is begun: the workflow calls again with a fresh budget. */
export const reserve = 15_000;
