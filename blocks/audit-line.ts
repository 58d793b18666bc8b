import type { KnownBlock, RichTextBlock } from '@slack/types';
import type { AuditType, Link } from '../src/domain/audit';
import { lasting } from './lasting';
import {
  bold,
  bullets,
  clean,
  code,
  group,
  inert,
  line,
  moment,
  person,
  rich,
  some,
  t,
} from './parts';

/** How each fact reads in the thread. `aloud` ones are also shown in the channel: ends, and what people must know. */
const words: Record<AuditType, { say: string; aloud?: true }> = {
  'finding.received': { say: '📥 received' },
  'finding.changed': { say: '🔁 changed at its source' },
  'finding.announced': { say: '📣 announced; workflow set to NOTIFIED' },
  'finding.acknowledged': { say: '👀 acknowledged' },
  'finding.assigned': { say: '👤 assigned' },
  'finding.suppressed': { say: '🔕 suppressed until its expiry', aloud: true },
  'finding.reopened': { say: '🔔 open again: its exception ended', aloud: true },
  'finding.sent': { say: '📌 sent here from Security Hub by a person', aloud: true },
  'finding.still-failed': { say: '⚠️ the control still says FAILED', aloud: true },
  'finding.passed': { say: '✅ the control itself agrees: PASSED' },
  'finding.triage-refused': { say: '✋ tried to change the finding and was refused' },
  'finding.resolved': { say: '☑️ finding set to RESOLVED at its source' },
  'finding.unresolved': { say: '🔓 finding set back to NOTIFIED at its source' },
  'finding.write-failed': { say: '⚠️ the source of the finding could not be told', aloud: true },
  'remediation.requested': { say: '🙋 asked for the remediation' },
  'remediation.request-refused': { say: '✋ tried to ask for the remediation and was refused' },
  'remediation.planned': { say: '🗺️ planned' },
  'remediation.replanned': { say: '🗺️ planned anew: the target had changed', aloud: true },
  'remediation.compliant': { say: '✅ nothing to change' },
  'remediation.refused': { say: '🚫 refused' },
  'remediation.waiting': { say: '🕰️ waits for its change window' },
  'remediation.cancelled': { say: '✖️ taken back by the person who asked' },
  'remediation.done': { say: '✅ remediation done and read back', aloud: true },
  'remediation.rolling-back': { say: '↩️ rolling back' },
  'remediation.rolled-back': { say: '↩️ failed and rolled back', aloud: true },
  'remediation.held': { say: '🛑 stopped and held', aloud: true },
  'remediation.loosened': { say: '🚨 somebody loosened the isolation', aloud: true },
  'approval.asked': { say: '⏳ approval asked for' },
  'approval.reminded': { say: '⏰ still waits for a decision', aloud: true },
  'approval.escalated': { say: '📟 escalated: nobody decided yet', aloud: true },
  'approval.given': { say: '👍 approved' },
  'approval.denied': { say: '👎 denied' },
  'approval.refused': { say: '✋ tried to decide and was refused' },
  'approval.expired': { say: '⌛ nobody decided in time' },
  'step.applied': { say: '✅ step applied and read back' },
  'step.skipped': { say: '✅ step already as wanted' },
  'step.failed': { say: '❌ step failed' },
  'step.undone': { say: '↩️ step taken back and read back' },
  'undo.requested': { say: '↩️ asked for undo' },
  'undo.refused': { say: '✋ tried to undo and was refused' },
  'undo.done': { say: '↩️ undone', aloud: true },
  'gate.started': { say: '🚪 run started' },
  'gate.start-refused': { say: '✋ tried to start a run and was refused' },
  'gate.staged': { say: '📦 objects staged' },
  'gate.scanning': { say: '🔎 Macie job made' },
  'gate.scan-paused': { say: '⏸️ the Macie job is paused', aloud: true },
  'gate.scanned': { say: '🔎 Macie has read them' },
  'gate.judged': { say: '⚖️ each object has its verdict' },
  'gate.released': { say: '✅ clean objects released' },
  'gate.review-asked': { say: '⏳ held objects wait for people', aloud: true },
  'gate.reminded': { say: '⏰ held objects still wait for people', aloud: true },
  'gate.decided': { say: '🗳️ decided' },
  'gate.decision-refused': { say: '✋ tried this at the gate and was refused' },
  'gate.objects-released': { say: '✅ released after a yes' },
  'gate.objects-kept-out': { say: '🚫 kept out: moved to quarantine' },
  'gate.objects-deleted': { say: '🗑️ deleted for good', aloud: true },
  'gate.objects-outdated': { say: '⏭️ kept out: a newer upload was released before', aloud: true },
  'gate.samples-shown': { say: '👁️ looked at masked samples' },
  'gate.spared': { say: '🧩 made a rule of Macie of a false positive', aloud: true },
  'gate.expired': { say: '⌛ nobody decided in time: objects stay held', aloud: true },
  'gate.reopened': { say: '🔔 open for decisions again', aloud: true },
  'gate.held': { say: '🛑 stopped and held', aloud: true },
  'gate.resumed': { say: '▶️ resumed' },
  'gate.aborting': { say: '✖️ aborting: objects return to the raw bucket' },
  'gate.aborted': { say: '✖️ aborted: objects are back in the raw bucket', aloud: true },
  'gate.done': { say: '🏁 run is over' },
  'gate.strayed': { say: '⚠️ the sweep found something that does not get on', aloud: true },
};

/** Facts that are numbers of seconds. */
const timed = new Set(['took', 'sinceFinding']);

export interface Entry {
  text: string;
  blocks: KnownBlock[];
  /** Shown in the channel as well as in the thread. */
  broadcast: boolean;
}

/** The same words for lists. */
export const sayOf = (type: AuditType): string => words[type].say;

/** Ends and questions of which whoever began it is told. */
const forStarter: readonly AuditType[] = [
  'gate.review-asked',
  'gate.held',
  'gate.expired',
  'gate.aborted',
  'gate.done',
];

/** What is said of a run of the gate besides: who began it, and whether it held anything back. */
export interface OfRun {
  starter?: { id: string; name: string };
  held: boolean;
}

/** One audit link as a thread entry: who, what, when, the facts, and the hash by which it can be checked. */
export const auditEntry = ({ seq, hash, event }: Link, run?: OfRun): Entry => {
  const { say, aloud } = words[event.type];
  const by =
    event.actor.kind === 'person' ? person(event.actor.id, event.actor.name) : t('Drawbridge');
  const facts = Object.entries(event.facts).filter(([, value]) => value !== '');
  const name = event.actor.kind === 'person' ? event.actor.name : 'Drawbridge';
  return {
    text: inert(`${clean(name, 80)}: ${say}`),
    blocks: [
      rich(
        line(bold(say), t('·'), by, t('·'), moment(event.at)),
        ...facts.slice(0, 8).flatMap(([key, value]) => factLines(event.type, key, String(value))),
        ...(run?.starter && forStarter.includes(event.type)
          ? [line(t('for'), person(run.starter.id, run.starter.name))]
          : []),
        line(code(`#${seq} ${hash.slice(0, 12)}`)),
      ),
    ],
    broadcast: aloud === true || (event.type === 'gate.done' && run?.held === true),
  };
};

/** `undoUntil` → `undo until`. */
const labelOf = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A list of names is written as JSON: one below the other, each by as much of it as tells it from others. */
const factLines = (type: AuditType, key: string, value: string): RichTextBlock['elements'] => {
  const names = key === 'keys' ? listed(value) : [];
  return names.length === 0
    ? [line(t(`${labelOf(key)}:`, 40), factLeaf(type, key, value))]
    : bullets(some(names, { lines: 20, letters: 3000 }, (each) => line(code(each, 140))));
};

const listed = (value: string): string[] => {
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
};

const isMoment = (value: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);

/** Only who asked and whom the policy names are called; everything else is text. */
const factLeaf = (type: AuditType, key: string, value: string) => {
  if (key === 'requester') return person(value);
  if (isMoment(value)) return moment(value);
  if (type !== 'approval.escalated' || key !== 'to') return t(shorten(key, value), 400);
  return value.startsWith('S') ? group(value) : person(value);
};

/** Hashes are shown by their beginning: enough to compare, short enough to read. Seconds are shown as people say them. */
const shorten = (key: string, value: string): string => {
  if (key === 'hash' || key === 'content') return value.slice(0, 12);
  return timed.has(key) && /^\d+$/.test(value) ? lasting(Number(value)) : value;
};
