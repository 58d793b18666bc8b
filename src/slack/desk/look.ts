import type { FindingRecord } from '../../app/ports';
import { fits, type Filter } from '../../domain/filter';
import { CaseId, FindingKey, GateRunId, RemediationId } from '../../domain/ids';
import { isActionable } from '../../domain/playbook';
import { accountLabel } from '../../domain/policy';
import type { Remediation } from '../../domain/remediation';
import { unmarked } from '../unmarked';
import type { DeskDeps } from './deps';

/** Rows of one answer: more nobody reads, and Slack takes about 13,000 characters. */
export const pageSize = 20;
/** Pages of the list that one question may turn. */
const patience = 40;

/** The next findings that fit, worst first. `next` is where to go on. */
export const findingsFor = async (
  { lists, policy }: Pick<DeskDeps, 'lists' | 'policy'>,
  filter: Filter,
  asking: string,
  from?: string,
): Promise<{ rows: FindingRecord[]; next?: string }> => {
  const which = filter.suppressed ? 'excepted' : 'open';
  const isWanted = (record: FindingRecord): boolean =>
    fits(filter, { ...record, accountName: accountLabel(policy, record.finding.account) }, asking);
  const rows: FindingRecord[] = [];
  let at = from;
  for (let turned = 0; turned < patience; turned += 1) {
    const { items, next } = await lists.findings(which, at);
    const room = pageSize - rows.length;
    const fitting = items.filter(isWanted);
    rows.push(...fitting.slice(0, room));
    if (fitting.length > room) {
      // The list says where it was left when it is read to there only.
      const cut = await lists.findings(which, at, items.indexOf(fitting[room - 1]!) + 1);
      return { rows, ...(cut.next && { next: cut.next }) };
    }
    if (!next) return { rows };
    at = next;
    if (rows.length === pageSize) break;
  }
  return { rows, ...(at && { next: at }) };
};

/** All remediations that are not over, newest first; more than a hundred at once nobody has. */
export const openRemediations = async ({
  lists,
}: Pick<DeskDeps, 'lists'>): Promise<Remediation[]> => {
  const first = await lists.remediations('open');
  const second = first.next ? await lists.remediations('open', first.next) : { items: [] };
  return [...first.items, ...second.items];
};

/** Those that wait for a decision, soonest deadline first. */
export const waitingAmong = (open: readonly Remediation[]): Remediation[] =>
  open
    .filter(({ status }) => status.state === 'awaiting approval')
    .sort((a, b) => ((a.proposal?.until ?? '') < (b.proposal?.until ?? '') ? -1 : 1));

/** The cases that a person means by an id of ours, a resource, or a finding's own id. */
export const casesMeant = async (
  { lists, store }: Pick<DeskDeps, 'lists' | 'store'>,
  said: string,
): Promise<CaseId[]> => {
  const word = bare(said);
  const key = FindingKey.safeParse(word.toLowerCase());
  if (key.success && (await store.finding(key.data))) return [CaseId.parse(key.data)];
  const id = RemediationId.safeParse(word.toLowerCase());
  if (id.success) {
    const remediation = await store.remediation(id.data);
    return remediation ? [remediation.case] : [];
  }
  const run = GateRunId.safeParse(word.toLowerCase());
  if (run.success) {
    const of = CaseId.parse(run.data);
    return (await store.trail(of)).length > 0 ? [of] : [];
  }
  return word === '' ? [] : lists.casesOf(word);
};

/** Without the marks around it. */
const bare = (said: string): string => unmarked(said.trim()).replace(/^`+|`+$/g, '');

/** The findings among cases, open ones first, then newest. */
export const recordsOf = async (
  { store }: Pick<DeskDeps, 'store'>,
  cases: readonly CaseId[],
): Promise<FindingRecord[]> => {
  const keys = cases.flatMap((of) => FindingKey.safeParse(of).data ?? []);
  const found = await Promise.all(keys.slice(0, 50).map((key) => store.finding(key)));
  return found
    .filter((record) => record !== undefined)
    .sort((a, b) => rank(b).localeCompare(rank(a)));
};

const rank = ({ finding, lastAt }: FindingRecord): string =>
  `${isActionable(finding) ? 1 : 0}${lastAt}`;
