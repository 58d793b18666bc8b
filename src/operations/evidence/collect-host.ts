import { hostCommand } from './host-command';

/** What is in the host's memory and on its disk that no call of AWS tells, most fleeting first. It reads, and installs nothing. */
export const collectHost = hostCommand({
  kind: 'evidence.collect-host',
  document: 'Drawbridge-Collect',
  artefact: 'host.json',
  describe: ({ instanceId }) =>
    `Collect processes, connections and persistence on ${instanceId}, by a read-only document of Systems Manager`,
});
