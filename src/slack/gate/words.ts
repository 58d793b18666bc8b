import type { Started } from '../../app/gate/start';

/** What somebody reads who began a run, or would have. */
export const startedWords = (started: Exclude<Started, { kind: 'refused' }>): string => {
  const { id, prefix } = started.run;
  const keys = prefix === '' ? 'all keys' : `keys that begin with ${prefix}`;
  return started.kind === 'started'
    ? `🚪 Run ${id} begins with ${keys}. Its card comes into the channel of the gate.`
    : `Run ${id} is taking objects in already (${keys}). What it leaves is for the next one.`;
};
