/// <reference lib="dom" />
import { connectDriver } from '../driver';
import type { Snapshot } from '../server/snapshot';

export const driver = connectDriver(location.origin);

export async function fetchSnapshot(user: string): Promise<Snapshot> {
  const answer = await fetch(`/sandbox/state?user=${encodeURIComponent(user)}`);
  return (await answer.json()) as Snapshot;
}

/** Calls back after each change, and after a lost connection came back. */
export function onChange(tell: () => void): () => void {
  const source = new EventSource('/sandbox/stream');
  source.addEventListener('message', tell);
  return () => source.close();
}

export interface Sample {
  name: string;
  event: unknown;
}

export async function fetchSamples(): Promise<Sample[]> {
  const answer = await fetch('/sandbox/samples');
  return answer.ok ? ((await answer.json()) as Sample[]) : [];
}

export async function sendFinding(event: unknown): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify(event);
  const answer = await fetch('/sandbox/feed', { method: 'POST', headers, body });
  const told = (await answer.json()) as { error?: string };
  if (told.error !== undefined) throw new Error(told.error);
}
