import { helpText, refusalText, whoText, type Answer } from '../../../blocks/answers';
import {
  approvalsText,
  exceptionsText,
  remediateText,
  statusText,
  type Listed,
} from '../../../blocks/desk-answers';
import { findingsList } from '../../../blocks/findings-list';
import { admit, type Click } from '../../app/authority';
import { mayDecide } from '../../domain/approval';
import { never } from '../../domain/errors';
import { severities } from '../../domain/finding';
import { parseFilter } from '../../domain/filter';
import type { Person } from '../../domain/person';
import { offersFor } from '../../domain/playbook';
import type { Remediation } from '../../domain/remediation';
import { commands, parseCommand, roleWords } from '../command';
import { inOrder, type GroupId } from '../../domain/group';
import type { DeskDeps } from './deps';
import { auditOf } from './audit';
import {
  casesMeant,
  findingsFor,
  openRemediations,
  pageSize,
  recordsOf,
  waitingAmong,
} from './look';

/** The members of a group, worst first. */
export const listGroup = async (deps: DeskDeps, id: GroupId, from: number): Promise<Answer> => {
  const found = await deps.groups.read(id);
  if (!found) return refusalText('This group is too old: /findings lists what is still open.');
  const members = inOrder(found.members);
  const keys = members.slice(from, from + pageSize).map(({ key }) => key);
  const records = await Promise.all(keys.map((key) => deps.store.finding(key)));
  const next = from + pageSize;
  return findingsList(
    `${from + 1}–${Math.min(next, members.length)} of ${members.length}, worst first`,
    records.filter((record) => record !== undefined),
    next < members.length ? { kind: 'group.show', group: id, from: String(next) } : undefined,
    deps.policy,
  );
};

/** Answers a slash command. Findings are for members, in channels of ours (law 3); help and one's own rights are for all. */
export const answerCommand = async (
  deps: DeskDeps,
  click: Click,
  name: string,
  text: string,
): Promise<Answer> => {
  const command = parseCommand(name, text);
  if (command.kind === 'help') return helpText(commands);
  if (command.kind === 'unknown') {
    const guess = command.perhaps ? ` Did you mean “${command.perhaps}”?` : '';
    return refusalText(`There is no “${command.said}”.${guess} Try /drawbridge help.`);
  }
  if (command.kind === 'who')
    return whoText(await deps.people.person(click.user, false), deps.policy, roleWords);
  const admitted = await admit(deps, click, false);
  if (!admitted.ok) return refusalText(admitted.because);
  const { person } = admitted;
  switch (command.kind) {
    case 'findings':
      return listFindings(deps, person, command.rest);
    case 'approvals':
      return approvalsText(await listed(deps, waitingAmong(await openRemediations(deps)), person));
    case 'status':
      return status(deps, person);
    case 'exceptions':
      return exceptionsText((await deps.lists.findings('excepted')).items, deps.policy);
    case 'remediate':
      return remediate(deps, command.rest);
    case 'audit':
      return auditOf(deps, command.rest, person);
    case 'stats':
      return deps.stats(click);
    default:
      return never(command.kind);
  }
};

export const listFindings = async (
  deps: DeskDeps,
  { id }: Person,
  text: string,
  from?: string,
): Promise<Answer> => {
  const filtering = parseFilter(text);
  if (!filtering.ok) return refusalText(filtering.because);
  const { rows, next } = await findingsFor(deps, filtering.filter, id, from);
  const words = text === '' ? 'Open findings, worst first' : `Findings for “${text}”, worst first`;
  return findingsList(
    words,
    rows,
    next === undefined ? undefined : { kind: 'findings.page', text, from: next },
    deps.policy,
  );
};

const listed = async (
  deps: DeskDeps,
  remediations: readonly Remediation[],
  person: Person,
): Promise<Listed[]> =>
  Promise.all(
    remediations.slice(0, 15).map(async (remediation) => {
      const { proposal } = remediation;
      const card = await deps.linkTo(remediation.case);
      return {
        remediation,
        yours:
          proposal !== undefined &&
          mayDecide(remediation, proposal, person, proposal.hash, deps.now()).ok,
        ...(card && { card }),
      };
    }),
  );

const status = async (deps: DeskDeps, person: Person): Promise<Answer> => {
  const [open, page] = await Promise.all([openRemediations(deps), deps.lists.findings('open')]);
  const running = open.filter(({ status: { state } }) => state !== 'awaiting approval');
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
    await listed(deps, waitingAmong(open), person),
    await listed(deps, running, person),
    page.next ? `${words}, and more: /findings shows them` : words,
  );
};

const remediate = async (deps: DeskDeps, said: string): Promise<Answer> => {
  if (said === '')
    return refusalText('Name a finding or a resource, such as /remediate sg-0123456789abcdef0.');
  const records = await recordsOf(deps, await casesMeant(deps, said));
  const open = records
    .map((record) => ({ record, offers: offersFor(deps.offers, record.finding) }))
    .filter(({ offers }) => offers.length > 0);
  if (open.length > 0) return remediateText(said, open);
  return refusalText(
    records.length === 0
      ? `No finding speaks of “${said.slice(0, 100)}”. /findings ${said.slice(0, 60)} looks in titles too.`
      : 'Its findings are over, or no playbook answers them. /audit tells what happened.',
  );
};
