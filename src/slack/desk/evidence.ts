import { refusalText, type Answer } from '../../../blocks/answers';
import { evidenceAnswer, type Shown } from '../../../blocks/evidence';
import { piecesOf, tookEvidence } from '../../app/evidence';
import { verify } from '../../domain/audit';
import { RemediationId, type CaseId } from '../../domain/ids';
import type { Person } from '../../domain/person';
import type { Remediation } from '../../domain/remediation';
import type { DeskDeps } from './deps';
import { casesMeant } from './look';

type Needs = Pick<DeskDeps, 'store' | 'lists' | 'evidence'>;

/** Isolations that one answer tells of. */
const most = 3;

/**
 * `/evidence <case or instance>`: what was kept, and whether it still is what was kept. Where it stands is told to those
 * who have a role here; to get it, they need rights of their own. What is in it is never shown in Slack (law 12).
 */
export const evidenceOf = async (deps: Needs, said: string, asking: Person): Promise<Answer> => {
  if (said === '')
    return refusalText('Name an instance or a case, such as /evidence i-0123456789abcdef0.');
  const only = RemediationId.safeParse(said.toLowerCase()).data;
  const cases = await casesMeant(deps, said);
  const found = (await Promise.all(cases.map((of) => takenIn(deps, of, only))))
    .flat()
    .sort((a, b) => (a.remediation.requestedAt < b.remediation.requestedAt ? 1 : -1));
  if (found.length === 0) return refusalText(`No evidence was taken of “${said.slice(0, 100)}”.`);
  const shown = await Promise.all(
    found.slice(0, most).map(async ({ remediation, trail }): Promise<Shown> => {
      const pieces = await piecesOf(deps, remediation, trail);
      return { remediation, pieces, verdict: verify(trail) };
    }),
  );
  const place = asking.roles.length > 0 ? deps.evidence.placeOf : undefined;
  return evidenceAnswer(said, shown, found.length - shown.length, place);
};

/** The remediations of a case that take evidence: the trail names them all. */
const takenIn = async ({ store }: Needs, of: CaseId, only: RemediationId | undefined) => {
  const trail = await store.trail(of);
  const ids = new Set(trail.flatMap(({ event }) => event.remediation ?? []));
  const all = await Promise.all(
    [...ids].filter((id) => !only || id === only).map((id) => store.remediation(id)),
  );
  return all
    .filter((each): each is Remediation => each !== undefined && tookEvidence(each))
    .map((remediation) => ({ remediation, trail }));
};
