import { helpText, refusalText, whoText, type Answer } from '../../../blocks/answers';
import { approvalsText, exceptionsText } from '../../../blocks/desk-answers';
import { remediateText } from '../../../blocks/remedies';
import { admit, type Click } from '../../app/authority';
import { never } from '../../domain/errors';
import { offersFor } from '../../domain/playbook';
import { commands, parseCommand, roleWords } from '../command';
import { auditOf } from './audit';
import type { DeskDeps } from './deps';
import { evidenceOf } from './evidence';
import { listFindings } from './listing';
import { casesMeant, openRemediations, recordsOf, waitingAmong } from './look';
import { listed, status } from './standing';

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
      return exceptionsText(await deps.lists.findings('excepted'), deps.policy);
    case 'remediate':
      return remediate(deps, command.rest);
    case 'audit':
      return auditOf(deps, command.rest, person);
    case 'evidence':
      return evidenceOf(deps, command.rest, person);
    case 'stats':
      return deps.stats(click);
    case 'isolate':
    case 'release':
    case 'gate':
      // Others read them, before they come here.
      return refusalText(`Type /${command.kind} ${commands[command.kind].hint}.`);
    default:
      return never(command.kind);
  }
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
