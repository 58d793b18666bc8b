import { refusalText, type Answer } from '../../../blocks/answers';
import { trailAnswer, type Told } from '../../../blocks/trail';
import { verify } from '../../domain/audit';
import { RemediationId, type CaseId } from '../../domain/ids';
import type { Person } from '../../domain/person';
import type { DeskDeps } from './deps';
import { casesMeant } from './look';

/** `/audit <resource, @person or id>`: the links, and whether the chains that they are of still hold. */
export const auditOf = async (deps: DeskDeps, said: string, asking: Person): Promise<Answer> => {
  if (said === '')
    return refusalText('Name a resource, a person or an id, such as /audit i-0123456789abcdef0.');
  const who = personMeant(said, asking);
  if (who) return ofPerson(deps, who);
  const cases = await casesMeant(deps, said);
  if (cases.length === 0) return refusalText(`The trail knows nothing of “${said.slice(0, 100)}”.`);
  const only = RemediationId.safeParse(said.trim().toLowerCase()).data;
  const told = await Promise.all(cases.slice(0, 6).map((of) => ofCase(deps, of, only)));
  return trailAnswer(said, told);
};

/** `@name` reaches us as `<@U…|name>`, since the manifest asks Slack to resolve it. */
const personMeant = (said: string, { id }: Person): string | undefined => {
  if (said.toLowerCase() === 'me') return id;
  return /^(?:<@)?([UW][A-Z0-9]{2,})(?:\|[^>]*)?>?$/.exec(said.trim())?.[1];
};

const ofPerson = async (deps: DeskDeps, who: string): Promise<Answer> => {
  const { items } = await deps.lists.doneBy(who);
  return items.length === 0
    ? refusalText('The trail knows nothing that this person did.')
    : trailAnswer(
        `what ${items[0]!.event.actor.kind === 'person' ? items[0]!.event.actor.name : who} did`,
        [{ title: 'Latest', links: items }],
      );
};

const ofCase = async (
  deps: DeskDeps,
  of: CaseId,
  only: RemediationId | undefined,
): Promise<Told> => {
  const trail = await deps.store.trail(of);
  const links = trail.filter(({ event }) => !only || event.remediation === only).reverse();
  return { title: String(trail[0]?.event.facts['title'] ?? of), links, verdict: verify(trail) };
};
