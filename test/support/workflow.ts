import type { FindingSource, Workflow } from '../../src/app/ports';
import type { Json } from '../../src/domain/canonical';
import type { Finding } from '../../src/domain/finding';

/** Records what it was told; the same name starts once. */
export const fakeWorkflow = (): Workflow & {
  readonly started: Map<string, Json>;
  readonly woken: string[];
} => {
  const started = new Map<string, Json>();
  const woken: string[] = [];
  return {
    started,
    woken,
    async start(name, input) {
      if (!started.has(name)) started.set(name, input);
    },
    async resume(token) {
      woken.push(token);
    },
  };
};

export interface Written {
  key: string;
  workflow: 'NOTIFIED' | 'RESOLVED';
  note: string;
}

/** Security Hub as far as it is written to. */
export const fakeSource = (): FindingSource & {
  readonly written: Written[];
  answer: 'written' | 'unsupported';
} => {
  const written: Written[] = [];
  return {
    written,
    answer: 'written',
    async write({ key }: Finding, workflow, note) {
      if (this.answer === 'written') written.push({ key, workflow, note });
      return this.answer;
    },
  };
};
