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
  workflow: string;
  note: string;
}

/** Security Hub as far as it is written to. */
export const fakeSource = (): FindingSource & {
  readonly written: Written[];
  answer: 'written' | 'unsupported';
  /** What somebody set there behind our back. */
  stands?: Finding['workflow'];
} => {
  const written: Written[] = [];
  return {
    written,
    answer: 'written',
    async write({ key }, { workflow, note, from }) {
      if (this.stands && from && !from.includes(this.stands)) return { stands: this.stands };
      if (this.answer === 'written') written.push({ key, workflow: workflow.toUpperCase(), note });
      return this.answer;
    },
  };
};
