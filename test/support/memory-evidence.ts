import { createHash } from 'node:crypto';
import type { EvidenceShelf } from '../../src/app/evidence';
import type { Artefact } from '../../src/operations/calls/own';
import type { Handlers } from './memory-aws';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The bucket of evidence and the clock: what is kept first stays; a pause is time that passes.
 * @param start ISO time
 */
export const memoryEvidence = (start = '2026-03-01T12:00:00.000Z') => {
  const kept = new Map<string, { artefact: Artefact; content: Buffer }>();
  let now = Date.parse(start);
  const handlers: Handlers = {
    'clock:Pause': ({ milliseconds }) => {
      now += Math.min(milliseconds, 60_000);
      return {};
    },
    'clock:GetTime': () => ({ at: new Date(now).toISOString() }),
    'evidence:GetForensicAccount': () => ({ account: '' }),
    'evidence:Keep': ({ run, name, content, encoding, note = '' }) => {
      const key = `evidence/${run}-${name}`;
      const found = kept.get(key);
      if (found) return found.artefact;
      const bytes = Buffer.from(content, encoding);
      const artefact = {
        run,
        name,
        key,
        version: `v${kept.size + 1}`,
        sha256: sha256(bytes),
        size: bytes.length,
        at: start,
        by: 'Rita',
        note,
      };
      kept.set(key, { artefact, content: bytes });
      return artefact;
    },
    'evidence:List': ({ run, of }) => {
      const begin = of === 'step' ? `evidence/${run}-` : `evidence/${run.split('/')[0]}/`;
      const keys = [...kept.keys()].filter((key) => key.startsWith(begin)).sort();
      return { artefacts: keys.map((key) => kept.get(key)!.artefact) };
    },
  };
  const shelf: EvidenceShelf = {
    list: async (of) =>
      [...kept.values()]
        .map(({ artefact }) => artefact)
        .filter(({ run }) => run.startsWith(`${of}/`)),
    async hashOf({ key }) {
      const found = kept.get(key);
      return found && sha256(found.content);
    },
    placeOf: (key) => `s3://evidence/${key}`,
  };
  return {
    handlers,
    shelf,
    /** Somebody gets at the bytes behind the lock. */
    spoil: (name: string) => {
      for (const each of kept.values())
        if (each.artefact.name === name) each.content = Buffer.from('spoilt');
    },
    /** Lets time pass. */
    wait: (seconds: number) => void (now += seconds * 1000),
    names: () => [...kept.values()].map(({ artefact }) => artefact.name),
    artefact: (name: string) =>
      [...kept.values()].find(({ artefact }) => artefact.name === name)?.artefact,
    text: (name: string) =>
      [...kept.values()].find(({ artefact }) => artefact.name === name)?.content.toString('utf8') ??
      '',
  };
};
