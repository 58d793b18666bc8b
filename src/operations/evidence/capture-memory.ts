import { hostCommand } from './host-command';

/**
 * The host's memory, by a tool that the account's owners have put there and named in a document of their own. What it
 * writes, and where, says the document's output; where there is no such document, that is what is kept.
 */
export const captureMemory = hostCommand({
  kind: 'evidence.capture-memory',
  document: 'Drawbridge-Memory',
  artefact: 'memory.json',
  describe: ({ instanceId }) =>
    `Capture the memory of ${instanceId}, by the account’s own document Drawbridge-Memory`,
});
