import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Real events, kept beside the repository; tests that need them are left out where the folder is absent. */
const folder = join(__dirname, '../../../shared/events');

/** Names of the real events. */
export function files(): string[] {
  if (!existsSync(folder)) {
    console.warn(`No real events in ${folder}: only the inline ones are read.`);
    return [];
  }
  return readdirSync(folder).filter((name) => name.endsWith('.json'));
}

/** The parsed content of a real event. */
export function load(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

/** Puts a raw finding, or a list of them, into the envelope it would arrive in; events that have one are left as they are. */
export function wrap(raw: unknown): unknown[] {
  if (Array.isArray(raw)) return raw.flatMap(wrap);
  const part = raw as Record<string, unknown>;
  if ('detail-type' in part || 'Records' in part) return [part];
  if (Array.isArray(part.Findings)) return part.Findings.flatMap(wrap);
  if ('SchemaVersion' in part && 'ProductArn' in part) {
    return [envelope('aws.securityhub', 'Security Hub Findings - Imported', { findings: [part] })];
  }
  if ('class_uid' in part)
    return [envelope('aws.securityhub', 'Findings Imported V2', { findings: [part] })];
  if ('resourcesAffected' in part) return [envelope('aws.macie', 'Macie Finding', part)];
  return [envelope('aws.guardduty', 'GuardDuty Finding', part)];
}

/** An EventBridge envelope as AWS sends it. */
export function envelope(source: string, type: string, detail: unknown, more: object = {}) {
  return {
    version: '0',
    id: '00000000-0000-4000-8000-000000000000',
    'detail-type': type,
    source,
    account: '999999999999',
    time: '2026-01-02T03:04:05Z',
    region: 'eu-west-1',
    resources: [] as string[],
    detail,
    ...more,
  };
}
