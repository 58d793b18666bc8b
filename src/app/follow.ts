import { isInHub, type Finding } from '../domain/finding';
import { isActionable } from '../domain/playbook';
import type { FindingRecord } from './ports';
import { excepted, isUnderWay } from './wish';

/** The record after one more delivery of its finding. `sent`: by hand, so it was not seen again. */
export const seenAgain = (
  stored: FindingRecord,
  finding: Finding,
  now: Date,
  sent: boolean,
): FindingRecord => {
  const known = stored.finding;
  const told = isLate(stored, finding, now) ? { ...finding, workflow: known.workflow } : finding;
  const isNewer = told.updatedAt >= known.updatedAt;
  const newest = isNewer ? follow(stored, told) : enrolled(known, told);
  const { wrote, over, tell, ...rest } = stored;
  // Somebody else moved the workflow on: what they set next is news, also if we wrote the same once.
  const moved = newest.workflow !== known.workflow && newest.workflow !== wrote;
  const next: FindingRecord = {
    ...rest,
    ...(!moved && { ...(wrote && { wrote }), ...(over && { over }), ...(tell && { tell }) }),
    finding: newest,
    count: stored.count + (sent ? 0 : 1),
    lastAt: now.toISOString(),
    // Of what came late too: whether a card stands must not hang on the order (law 4).
    loud: stored.loud || (!stored.exception && isActionable(follow(stored, told))),
    version: stored.version + 1,
  };
  // It was accepted before Security Hub knew it, so Security Hub is still to hear of that.
  const isUntold = isInHub(newest) && !isInHub(known) && isActionable(newest);
  return stored.exception && isUntold ? excepted(next, stored.exception, now) : next;
};

/**
 * Our own write comes back as an import with the workflow that we wrote and the time of the finding as it stood then, which may
 * be over: something newer can overtake it.
 */
export const isEcho = ({ finding: known, wrote }: FindingRecord, finding: Finding): boolean =>
  isInHub(known) && finding.workflow === wrote && finding.updatedAt <= known.updatedAt;

/** It says what stood there before our write: it was under way already, or our write has not come through yet. */
const isLate = (stored: FindingRecord, { workflow }: Finding, now: Date): boolean =>
  isUnderWay(stored, now) && stored.over.workflows.includes(workflow);

/**
 * The services themselves say “new” in each event: what Security Hub knows of the workflow outlasts them, and so does
 * the name by which it is written to there.
 */
const follow = ({ finding: known, exception }: FindingRecord, finding: Finding): Finding => {
  if (isInHub(finding)) return finding;
  const says = finding.source === 'guardduty' || finding.source === 'macie';
  const keeps = finding.workflow === 'new' && (says || isInHub(known) || exception);
  return {
    ...finding,
    ...(keeps && { workflow: known.workflow }),
    ...(isInHub(known) && { source: known.source, id: known.id }),
    ...(known.productArn && { productArn: known.productArn }),
  };
};

/** What comes late still tells that Security Hub knows it too. */
const enrolled = (known: Finding, late: Finding): Finding =>
  isInHub(known) || !isInHub(late)
    ? known
    : {
        ...known,
        source: late.source,
        id: late.id,
        ...(late.productArn && { productArn: late.productArn }),
        workflow: late.workflow,
      };
