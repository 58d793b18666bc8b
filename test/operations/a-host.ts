import { collectHost } from '../../src/operations/evidence/collect-host';
import type { Section } from '../../src/operations/evidence/host-sections';
import { awsError, MemoryAws, type Handlers } from '../support/memory-aws';
import { memoryCommands, type Commands } from '../support/memory-commands';
import { memoryEvidence } from '../support/memory-evidence';
import { host } from './samples/evidence';

export const run = 'rem-0000000000/2';
export const refused = (code: string) => (): never => {
  throw awsError(code, { $fault: 'client' });
};

/** A host, Systems Manager before it, and the bucket. */
export const aHost = (given: Commands = {}, more: Handlers = {}, operation = collectHost) => {
  const evidence = memoryEvidence();
  const now = () => evidence.handlers['clock:GetTime']!({}).at;
  const commands = memoryCommands({ now, ...given });
  const aws = new MemoryAws(more, commands.handlers, evidence.handlers);
  const read = () => operation.read(aws, host, run);
  const apply = async () => operation.apply(aws, host, await read(), run);
  const value = () =>
    JSON.parse(evidence.text(evidence.names()[0] ?? '')) as {
      command: string;
      sections: Section[];
      skipped: string[];
    };
  return {
    ...evidence,
    ...commands,
    aws,
    read,
    apply,
    value,
    note: () => evidence.artefact(evidence.names()[0] ?? '')?.note,
    pending: async () => operation.pending?.(await read(), host),
    holds: async () => operation.holds(await read(), host),
    called: (name: string) => aws.calls.filter((each) => each.name === name),
  };
};
