import type { GateMacie, JobLook } from '../../src/app/gate/ports';
import type { Found, Proof } from '../../src/domain/gate/verdict';
import type { Effect, MemoryBuckets, Stored } from './memory-gate-buckets';

interface Job {
  run: string;
  looks: number;
  cancelled: boolean;
  proofs: Proof[][];
  found: Found[];
}

const perFile = 3;
const perPage = 2;

/** Macie as it behaves: it reads what is staged once it comes to it, and its last results come a moment later. */
export class MemoryMacie {
  readonly jobs = new Map<string, Job>();
  exportIsOn = true;
  /** What the next looks say instead of going on. */
  readonly says: JobLook[] = [];
  /** So many result files are not there at the first count. */
  late = 0;
  #counted = 0;
  readonly #buckets: MemoryBuckets;

  constructor(buckets: MemoryBuckets) {
    this.#buckets = buckets;
  }

  #read(id: string, job: Job): void {
    const seen = new Map<string, Stored>();
    for (const each of this.#buckets.places.stage)
      if (each.key.startsWith(`${job.run}/`)) seen.set(each.key, each);
    const all = [...seen.values()];
    const proofs = all.flatMap((each, index) =>
      proofOf(each, `${id}/${Math.floor(index / perFile)}`),
    );
    job.found = all.flatMap(foundIn);
    job.proofs = Array.from({ length: Math.ceil(proofs.length / perFile) }, (_, index) =>
      proofs.slice(index * perFile, (index + 1) * perFile),
    );
  }

  macie(effect: Effect): GateMacie {
    const jobOf = (id: string): Job => {
      const job = this.jobs.get(id);
      if (!job) throw new Error(`no job ${id}`);
      return job;
    };
    return {
      createJob: async (run) => {
        await effect();
        const id = `job-${run}`;
        if (!this.jobs.has(id))
          this.jobs.set(id, { run, looks: 0, cancelled: false, proofs: [], found: [] });
        await effect();
        return id;
      },
      look: async (id) => {
        await effect();
        const job = jobOf(id);
        const said = this.says.shift();
        if (said) return said;
        if (job.cancelled) return { kind: 'cancelled' };
        job.looks += 1;
        if (job.looks === 1) return { kind: 'running', said: 'RUNNING' };
        if (job.looks === 2) this.#read(id, job);
        return { kind: 'complete' };
      },
      cancel: async (id) => {
        await effect();
        jobOf(id).cancelled = true;
      },
      findings: async (id, next = '0') => {
        await effect();
        const { found } = jobOf(id);
        const to = Number(next) + perPage;
        return {
          found: found.slice(Number(next), to),
          ...(to < found.length && { next: String(to) }),
        };
      },
      resultFiles: async (id, after) => {
        await effect();
        const { proofs } = jobOf(id);
        if (after === undefined) this.#counted += 1;
        const late = this.#counted > 1 ? 0 : Math.min(this.late, proofs.length);
        const there = proofs.length - late;
        const files = proofs.slice(0, there).map((_, index) => `${id}/${index}`);
        return files.slice(after === undefined ? 0 : files.indexOf(after) + 1).slice(0, 2);
      },
      readResults: async (file) => {
        await effect();
        const [id = '', index = ''] = file.split('/');
        return jobOf(id).proofs[Number(index)] ?? [];
      },
      exportIsOn: async () => this.exportIsOn,
    };
  }
}

const about = ({ key, versionId, etag }: Stored) => ({ staged: key, versionId, etag });
const cards = [{ type: 'CREDIT_CARD_NUMBER', count: 3 }];

/** By the first word of the body. */
const proofOf = (stored: Stored, from: string): Proof[] => {
  const proof = { ...about(stored), from, detected: [] };
  switch (stored.body.split(' ')[0]) {
    case 'skip':
      return [{ ...proof, status: 'SKIPPED', code: 'UNSUPPORTED_FILE_TYPE' }];
    case 'partial':
      return [{ ...proof, status: 'PARTIAL', code: 'ARCHIVE_EXCEEDS_SIZE_LIMIT' }];
    case 'silent':
      return [];
    case 'card':
    case 'capped':
    case 'archived':
      return [{ ...proof, status: 'COMPLETE', detected: cards }];
    default:
      return [{ ...proof, status: 'COMPLETE' }];
  }
};

const foundIn = (stored: Stored): Found[] => {
  const [kind] = stored.body.split(' ');
  if (kind !== 'card' && kind !== 'archived') return [];
  return [
    {
      ...about(stored),
      id: `finding-${stored.versionId}`,
      severity: 'high',
      archived: kind === 'archived',
      detected: cards,
    },
  ];
};
