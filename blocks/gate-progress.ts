import type { RichTextSection } from '@slack/types';
import { waitingIn, type GateRun } from '../src/domain/gate/run';
import { count, sizeOf } from './gate-words';
import { ago, bold, clean, line, moment, person, t, type Leaf } from './parts';

/** How far it is, in its state's own terms. */
export const progress = ({ status, counts, batches, decisions, carried }: GateRun): Leaf[] => {
  const all = `${count(counts.taken, 'object')}, ${sizeOf(counts.bytes)}`;
  switch (status.state) {
    case 'staging':
      return [t(`${all} taken so far, batch ${status.batch}`)];
    case 'scanning':
      return [t(`${all} · ${scanning(status)}`, 400)];
    case 'settling':
      return [t(`${all} · waits until two counts of Macie’s findings agree`)];
    case 'judging':
    case 'moving':
      return [t(`${all} · batch ${Math.min(status.batch, batches)} of ${batches}`)];
    case 'review':
      return [
        t(`people decide until`),
        moment(status.until),
        ago(status.until),
        t(
          `· ${count(decisions, 'decision')}${carried < decisions ? `, ${carried} carried out` : ''}${status.reminded > 0 ? ` · reminded ${count(status.reminded, 'time')}` : ''}`,
        ),
      ];
    case 'expired':
      return [t(`${all} · the time to decide ended`), moment(status.at)];
    case 'done':
    case 'aborted':
      return [t(`${all} · over since`), moment(status.at)];
    case 'aborting':
      return [t(`${all} · by`), person(status.by.id, status.by.name)];
    case 'held':
      return [
        t(`${all} · stopped while ${status.from}:`, 200),
        t(status.because, 500),
        moment(status.at),
      ];
  }
};

/** A pause is told: a job may wait for ever (D14). */
const scanning = ({
  job,
  said,
  left,
  looks,
}: Extract<GateRun['status'], { state: 'scanning' }>): string => {
  if (job === undefined) return 'a job is made';
  const still = left === undefined ? '' : `, about ${left.toLocaleString('en')} objects left`;
  if (said === 'PAUSED')
    return `⏸️ PAUSED${still}: Macie’s monthly quota is used up. It goes on when there is quota again.`;
  if (said === 'USER_PAUSED')
    return `⏸️ USER_PAUSED${still}: somebody paused the job in Macie. Resume it there within 30 days.`;
  return `${clean(said ?? 'the job is made', 60)}${still}, looked ${count(looks, 'time')}`;
};

/** Where its objects are by now. */
export const wheres = (run: GateRun): RichTextSection[] => {
  const { released, keptOut, deleted, outdated, returned } = run.counts;
  const waits = run.status.state === 'review' || run.status.state === 'expired';
  const waiting = waits ? waitingIn(run.counts) : 0;
  const all = [
    waiting > 0 && `${waiting} held`,
    released > 0 && `${released} released`,
    keptOut > 0 && `${keptOut} kept out`,
    deleted > 0 && `${deleted} deleted`,
    outdated > 0 && `${outdated} kept out, since a newer upload was released`,
    returned > 0 && `${returned} back in the raw bucket`,
  ].filter((each) => each !== false);
  return all.length === 0 ? [] : [line(bold('Where they are'), t(all.join(' · ')))];
};

/** What it never looked at. */
export const leftOut = ({ counts: { overwritten, left } }: GateRun): RichTextSection[] => [
  ...(overwritten > 0
    ? [line(t(`${count(overwritten, 'older version')} had been written over: in quarantine.`))]
    : []),
  ...(left > 0
    ? [line(t(`⚠️ ${count(left, 'object')} stayed in the raw bucket: S3 did not give them.`))]
    : []),
];
