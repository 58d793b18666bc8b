import { helpText, refusalText, statusText, whoText, type Answer } from '../../blocks/answers';
import { admit, type Click } from '../app/authority';
import type { DoorDeps } from '../app/ports';
import { never } from '../domain/errors';
import { RemediationId } from '../domain/ids';
import type { Remediation } from '../domain/remediation';
import { commands, parseCommand, roleWords } from './command';

/** The remediations that wait for somebody, soonest deadline first. */
export const waiting = async ({ store }: Pick<DoorDeps, 'store'>): Promise<Remediation[]> => {
  const ids = await store.due('9999');
  const all = await Promise.all(ids.map((id) => store.remediation(RemediationId.parse(id))));
  return all
    .filter((each) => each?.status.state === 'awaiting approval')
    .filter((each) => each !== undefined);
};

/** Answers `/drawbridge …`; only the person who asked sees it. */
export const answerCommand = async (
  deps: DoorDeps,
  click: Click,
  text: string,
): Promise<Answer> => {
  const command = parseCommand(text);
  switch (command.kind) {
    case 'help':
      return helpText(commands);
    case 'status': {
      // What waits is about findings, so it is for members, in channels of ours (law 3).
      const admitted = await admit(deps, click, false);
      return admitted.ok ? statusText(await waiting(deps)) : refusalText(admitted.because);
    }
    case 'who':
      return whoText(await deps.people.person(click.user, false), deps.policy, roleWords);
    case 'unknown': {
      const guess = command.perhaps ? ` Did you mean “${command.perhaps}”?` : '';
      return refusalText(`There is no “${command.said}”.${guess} Try /drawbridge help.`);
    }
    default:
      return never(command);
  }
};

/** What the second hears who asks for the same. */
export const underWay = ({ requester, requestedAt, status }: Remediation): string =>
  `${requester.name} already asked for this at ${requestedAt}; it is ${status.state} now.`;
