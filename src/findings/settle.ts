import * as z from 'zod/mini';
import { Finding, type Reading, type Rejection } from '../domain/finding';
import type { Envelope } from './envelope';
import { keyOf } from './key';
import type { Region } from '../domain/ids';
import { accountOf, arnOf } from './resources';
import { defined, identifier, limit, loose, otherwise } from './text';
import { timeOf } from './time';

/** A finding as its source tells it: what is missing or too long is still missing or too long. */
export interface Draft extends Pick<
  Finding,
  'source' | 'severity' | 'resources' | 'record' | 'workflow' | 'sample'
> {
  product: string;
  productArn: string | undefined;
  id: string | undefined;
  /** Only where the id is not what makes it the same finding; else product ARN and id. */
  key?: string | undefined;
  type: string | undefined;
  control?: string | undefined;
  job?: string | undefined;
  title: string | undefined;
  description: string | undefined;
  account: string | undefined;
  region: Region | undefined;
  compliance?: Finding['compliance'];
  firstSeen: unknown[];
  updated: unknown[];
  reference?: string | undefined;
}

export type Outcome = Finding | Rejection;

/** The finding of a draft; or why it is none, with the part of the event that it came from. */
export function settle(
  draft: Draft,
  raw: unknown,
  envelope: Envelope,
  required: string[] = [],
): Outcome {
  const id = identifier(draft.id);
  const account = draft.account ?? accountOf(arnOf(id).account);
  const problems = [
    id === undefined ? 'its id is missing or too long' : undefined,
    account === undefined ? 'its account is missing' : undefined,
    account !== undefined && accountOf(account) === undefined
      ? `its account "${limit(account, 32)}" is not 12 digits`
      : undefined,
    draft.resources.length === 0 ? 'it names no resource' : undefined,
    ...required,
  ].filter((problem) => problem !== undefined);
  if (id === undefined || problems.length > 0) return reject(problems.join('; '), raw);

  const { firstSeen, updated, key, ...rest } = draft;
  const type = limit(draft.type || 'unknown', 256);
  const updatedAt = timeOf(...updated, envelope.time);
  return Finding.parse(
    defined({
      ...rest,
      id,
      account,
      type,
      key: key ?? keyOf(draft.productArn ?? draft.source, id),
      product: limit(draft.product, 64),
      title: limit(draft.title?.trim() || type, 256),
      description: limit(draft.description?.trim() ?? '', 1024),
      firstSeenAt: timeOf(...firstSeen, updatedAt),
      updatedAt,
    }),
  );
}

/** A part that looks like a finding and cannot be read. */
export function reject(because: string, raw: unknown): Rejection {
  return { because, raw: limit(JSON.stringify(raw ?? null), 2000, '') };
}

/** What an event with these outcomes is. */
export function readingOf(
  outcomes: Outcome[],
  via: 'import' | 'custom action' = 'import',
): Reading {
  const findings = outcomes.filter((outcome) => 'key' in outcome);
  const rejected = outcomes.filter((outcome) => 'because' in outcome);
  return { kind: 'findings', findings, rejected, via };
}

const List = loose({ findings: otherwise(z.optional(z.array(z.unknown())), undefined) });

/** Reads an event that carries a list of findings: one bad finding does not cost the others. */
export function readList(
  envelope: Envelope,
  parse: (raw: unknown, envelope: Envelope) => Outcome,
  via: 'import' | 'custom action' = 'import',
): Reading {
  const { findings } = List.parse(envelope.detail);
  if (findings === undefined) return { kind: 'unreadable', because: 'it has no list of findings' };
  if (findings.length === 0)
    return { kind: 'not a finding', because: 'its list of findings is empty' };
  return readingOf(
    findings.map((raw) => parse(raw, envelope)),
    via,
  );
}
