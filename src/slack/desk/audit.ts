import { refusalText, type Answer } from '../../../blocks/answers';
import { trailAnswer, type Told } from '../../../blocks/trail';
import { verify } from '../../domain/audit';
import { CaseId, RemediationId } from '../../domain/ids';
import type { Person } from '../../domain/person';
import type { DeskDeps } from './deps';
import { casesMeant, recordsOf } from './look';

/** Cases that one answer tells of. */
const most = 5;

/** `/audit <resource, @person or id>`: the links, and whether the chains that they are of still hold. */
export const auditOf = async (deps: DeskDeps, said: string, asking: Person): Promise<Answer> => {
  if (said === '')
    return refusalText('Name a resource, a person or an id, such as /audit i-0123456789abcdef0.');
  const who = said.toLowerCase() === 'me' ? asking.id : mentioned(said);
  if (who) return (await ofPerson(deps, who)) ?? refusalText('The trail knows nothing of them.');
  const cases = await casesMeant(deps, said);
  if (cases.length === 0) return (await ofPerson(deps, said)) ?? unknown(said);
  const only = RemediationId.safeParse(said.toLowerCase()).data;
  const newest = await inOrder(deps, cases);
  const told = await Promise.all(newest.slice(0, most).map((of) => ofCase(deps, of, only)));
  return trailAnswer(said, told, newest.length - told.length);
};

/** `@name` reaches us as `<@U…|name>` where the manifest asks Slack to resolve it. */
const mentioned = (said: string): string | undefined =>
  /^<@([UW][A-Z0-9]{2,})(?:\|[^>]*)?>$/.exec(said)?.[1];

const unknown = (said: string): Answer =>
  refusalText(
    said.startsWith('@')
      ? `Only the command /audit is told by Slack who ${said.slice(0, 80)} is: type it there.`
      : `The trail knows nothing of “${said.slice(0, 100)}”.`,
  );

const ofPerson = async (deps: DeskDeps, who: string): Promise<Answer | undefined> => {
  const { items, next } = await deps.lists.doneBy(who.toUpperCase());
  const [latest] = items;
  if (!latest) return undefined;
  const name = latest.event.actor.kind === 'person' ? latest.event.actor.name : who;
  const title = `Latest ${items.length}${next ? ' of more' : ''}`;
  return trailAnswer(`what ${name} did`, [{ title, links: items }], 0);
};

/** Open ones first, then newest; cases of no finding last. */
const inOrder = async (deps: DeskDeps, cases: readonly CaseId[]): Promise<CaseId[]> => {
  const known = (await recordsOf(deps, cases)).map(({ finding }) => CaseId.parse(finding.key));
  return [...new Set([...known, ...cases])];
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
