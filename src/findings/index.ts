import type { Reading } from '../domain/finding';
import { externalAccess, internalAccess, unusedAccess } from './access-analyzer';
import { Envelope, unwrap } from './envelope';
import { guardDuty } from './guardduty';
import { inspector } from './inspector';
import { macie } from './macie';
import { securityHub } from './security-hub';
import { securityHubV2 } from './security-hub-v2';
import { readingOf, reject, type Outcome } from './settle';
import { limit } from './text';

type Parser = (envelope: Envelope) => Reading;

const one =
  (parse: (detail: unknown, envelope: Envelope) => Outcome): Parser =>
  (envelope) =>
    readingOf([parse(envelope.detail, envelope)]);
const notOne =
  (because: string): Parser =>
  () => ({ kind: 'not a finding', because });

/** One line per source and detail-type. */
const parsers = new Map<string, Parser>([
  ['aws.securityhub/Security Hub Findings - Imported', securityHub],
  ['aws.securityhub/Security Hub Findings - Custom Action', securityHub],
  ['aws.securityhub/Findings Imported V2', securityHubV2],
  [
    'aws.securityhub/Security Hub Insight Results',
    notOne('insight results hold counts, no findings'),
  ],
  ['aws.macie/Macie Finding', one(macie)],
  ['aws.guardduty/GuardDuty Finding', one(guardDuty)],
  [
    'aws.guardduty/GuardDuty Malware Protection Object Scan Result',
    notOne('a malware scan result of an S3 object is not read as a finding yet'),
  ],
  ['aws.inspector2/Inspector2 Finding', one(inspector)],
  ['aws.inspector2/Inspector2 Scan', notOne('a scan report holds counts, no findings')],
  ['aws.access-analyzer/Access Analyzer Finding', one(externalAccess)],
  ['aws.access-analyzer/Internal Access Finding', one(internalAccess)],
  ['aws.access-analyzer/Unused Access Finding for IAM entities', one(unusedAccess)],
  [
    'aws.access-analyzer/Access Preview State Change',
    notOne('an access preview is a question, not a finding'),
  ],
]);
const sources = new Set([...parsers.keys()].map((name) => name.slice(0, name.indexOf('/'))));

/** What a raw event (EventBridge, also inside SNS; object or JSON text) turns out to be. Never throws. */
export function read(event: unknown): Reading {
  try {
    const parts = unwrap(event);
    return parts.length === 1 ? readOne(parts[0]) : parts.map(readAmongOthers).reduce(merge);
  } catch (error) {
    // Objects that throw when they are touched, or nesting deeper than the stack; JSON of a usual depth never does.
    const words = error instanceof Error ? error.message : 'unknown error';
    return { kind: 'unreadable', because: `reading it failed: ${limit(words, 200)}` };
  }
}

function readOne(part: unknown): Reading {
  if (typeof part === 'string') return { kind: 'unreadable', because: 'it is text, but not JSON' };
  const { data: envelope } = Envelope.safeParse(part);
  if (envelope === undefined) {
    return {
      kind: 'unreadable',
      because: 'it has no EventBridge envelope with source and detail-type',
    };
  }
  const { source, 'detail-type': type } = envelope;
  const parser = parsers.get(`${source}/${type}`);
  if (parser !== undefined) return parser(envelope);
  const because = sources.has(source)
    ? `"${limit(type, 100)}" events of ${source} are not findings`
    : `events of ${limit(source, 100)} are not findings`;
  return { kind: 'not a finding', because };
}

/** Of several records in one SNS event, one that cannot be read does not cost the others. */
function readAmongOthers(part: unknown): Reading {
  const reading = readOne(part);
  return reading.kind === 'unreadable' ? readingOf([reject(reading.because, part)]) : reading;
}

function merge(a: Reading, b: Reading): Reading {
  if (a.kind !== 'findings') return b;
  if (b.kind !== 'findings') return a;
  return {
    kind: 'findings',
    findings: [...a.findings, ...b.findings],
    rejected: [...a.rejected, ...b.rejected],
    via: a.via === 'import' ? b.via : a.via,
  };
}
