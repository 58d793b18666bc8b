import { hash } from '../../domain/canonical';
import type { GateRunId } from '../../domain/ids';
import { actor } from '../../domain/person';
import type { Click } from '../authority';
import type { FindingsCriteria, GateIdentifiers, Made } from './lookers';
import { mayDo, needs, type Needs, type Refused } from './may';
import { gateEvent, note } from './write';

/** What is to be found no more: text that matches, or findings of a category. */
export type Spare =
  | { how: 'allow list'; regex: string; reason: string }
  | { how: 'filter'; category: string; extension?: string | undefined; reason: string };

type Deps = Needs & { identifiers: GateIdentifiers };

const refusal = { type: 'gate.decision-refused', what: 'spare' } as const;

/** Whoever may decide may also say what is no finding. */
export const maySpare = (deps: Needs, id: GateRunId, click: Click) =>
  mayDo(deps, id, click, refusal, ({ rule, person }) =>
    needs(person, rule.decide, 'say what is a false positive'),
  );

const field = 'classificationDetails.result';

/** Macie’s own identifiers are found under their type, ours under their name. Both may look alike, so Macie is asked. */
const criteriaOf = ({ category, extension }: Extract<Spare, { how: 'filter' }>) => {
  const only = extension && { 'resourcesAffected.s3Object.extension': { eq: [extension] } };
  const by = (name: string): FindingsCriteria => ({
    [`${field}.${name}`]: { eq: [category] },
    ...only,
  });
  return [
    by('sensitiveData.detections.type'),
    by('customDataIdentifiers.detections.name'),
  ] as const;
};

const filterOf = async ({ identifiers }: Deps, spare: Extract<Spare, { how: 'filter' }>) => {
  const [managed, custom] = criteriaOf(spare);
  const first = await identifiers.hiddenBy(managed);
  if (first.count > 0) return { criteria: managed, hides: first };
  const second = await identifiers.hiddenBy(custom);
  return second.count > 0
    ? { criteria: custom, hides: second }
    : { criteria: managed, hides: first };
};

export type WouldHide =
  | { kind: 'findings'; count: number; more: boolean }
  | { kind: 'matches'; count: number }
  | { kind: 'untried' }
  | { kind: 'refused'; because: string };

/** What it would have hidden, before it is made: findings of the last month, or matches in a text. */
export const wouldHide = async (deps: Deps, spare: Spare, sample: string): Promise<WouldHide> => {
  if (spare.how === 'filter') return { kind: 'findings', ...(await filterOf(deps, spare)).hides };
  if (sample === '') return { kind: 'untried' };
  const draft = { regex: spare.regex, keywords: [], ignoreWords: [] };
  return deps.identifiers.testIdentifier(draft, sample);
};

export type Spared = Made | Refused;

/** Makes it in Macie, once however often it is asked for, and writes that down: what it is called, not what it matches. */
export const spareAs = async (
  deps: Deps,
  id: GateRunId,
  spare: Spare,
  click: Click,
): Promise<Spared> => {
  const may = await maySpare(deps, id, click);
  if (may.kind === 'refused') return may;
  const token = hash({ id, ...spare });
  const name = `drawbridge-${token.slice(0, 12)}`;
  const { reason, how } = spare;
  const description = `${reason} (${may.person.name}, ${id})`.slice(0, 500);
  const made =
    how === 'allow list'
      ? await deps.identifiers.createAllowList({ name, description, regex: spare.regex }, token)
      : await deps.identifiers.createFindingsFilter(
          { name, description, criteria: (await filterOf(deps, spare)).criteria },
          token,
        );
  if (made.kind === 'refused') return made;
  const facts = {
    what: how,
    name,
    id: made.id,
    ...(how === 'filter' && { category: spare.category }),
    reason,
  };
  const told = { by: actor(may.person), mark: token.slice(0, 16) };
  await note(deps, id, [gateEvent(may.run, 'gate.spared', deps.now(), facts, told)]);
  return made;
};
