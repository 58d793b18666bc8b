import type { OwnCalls } from '../../operations/calls/own';
import { keepIn, listIn, type EvidenceBucket } from '../evidence';
import type { Callers } from './callers';

const longest = 60_000;

export interface EvidenceStore extends EvidenceBucket {
  sleep: (milliseconds: number) => Promise<void>;
  now: () => Date;
  /** The account that gets a share of snapshots. */
  forensics?: string;
}

/** @param by the person in whose name evidence is kept */
export const ownCallers = (store: EvidenceStore, by: string): Callers<keyof OwnCalls> => ({
  async 'clock:Pause'({ milliseconds }) {
    await store.sleep(Math.min(milliseconds, longest));
    return {};
  },
  async 'clock:GetTime'() {
    return { at: store.now().toISOString() };
  },
  async 'evidence:GetForensicAccount'() {
    return { account: store.forensics ?? '' };
  },
  'evidence:Keep': (kept) => keepIn(store, kept, by, store.sleep),
  async 'evidence:List'({ run, of }) {
    return { artefacts: await listIn(store, of === 'step' ? run : (run.split('/')[0] ?? '')) };
  },
});
