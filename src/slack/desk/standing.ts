import type { Answer } from '../../../blocks/answers';
import { statusText, type Listed } from '../../../blocks/desk-answers';
import { mayDecide } from '../../domain/approval';
import { severities } from '../../domain/finding';
import type { Person } from '../../domain/person';
import type { Remediation } from '../../domain/remediation';
import type { DeskDeps } from './deps';
import { openRemediations, waitingAmong } from './look';

/**
 * Each with whose turn it is and the link to its card: first what this person may decide, then what else waits, both
 * soonest deadline first, then what runs.
 */
export const listed = async (
  deps: DeskDeps,
  remediations: readonly Remediation[],
  person: Person,
): Promise<Listed[]> => {
  const waiting = waitingAmong(remediations);
  const all = [...waiting, ...remediations.filter((each) => !waiting.includes(each))]
    .map((remediation) => ({ remediation, yours: isYours(remediation, person, deps.now()) }))
    .sort((a, b) => Number(b.yours) - Number(a.yours));
  // Slack is asked for links only where there is room to show them.
  return Promise.all(
    all.map(async (each, index) => {
      const card = index < 15 && (await deps.linkTo(each.remediation.case));
      return { ...each, ...(card && { card }) };
    }),
  );
};

export const isRunning = ({ remediation }: Listed): boolean =>
  remediation.status.state !== 'awaiting approval';

/** May this person decide it now? */
const isYours = (remediation: Remediation, person: Person, now: Date): boolean => {
  const { proposal } = remediation;
  return proposal !== undefined && mayDecide(remediation, proposal, person, proposal.hash, now).ok;
};

/** What runs and what waits, and how bad the open findings are. */
export const status = async (deps: DeskDeps, person: Person): Promise<Answer> => {
  const [open, page] = await Promise.all([openRemediations(deps), deps.lists.findings('open')]);
  const all = await listed(deps, open, person);
  const counts = [...severities]
    .reverse()
    .map((each) => ({
      each,
      n: page.items.filter(({ finding }) => finding.severity === each).length,
    }))
    .filter(({ n }) => n > 0)
    .map(({ each, n }) => `${n} ${each}`);
  const words = counts.length === 0 ? 'none' : counts.join(', ');
  return statusText(
    all.filter((each) => !isRunning(each)),
    all.filter(isRunning),
    page.next ? `${words}, and more: /findings shows them` : words,
  );
};
