import { refusalText, type Answer } from '../../../blocks/answers';
import { findingsList } from '../../../blocks/findings-list';
import { parseFilter } from '../../domain/filter';
import { inOrder, type GroupId } from '../../domain/group';
import type { Person } from '../../domain/person';
import type { DeskDeps } from './deps';
import { findingsFor, pageSize } from './look';

/** Characters of a filter: with its place in the list it has to fit into the button that goes on. */
const longest = 300;

/** Findings that fit the words, a page of them. */
export const listFindings = async (
  deps: DeskDeps,
  { id }: Person,
  text: string,
  from?: string,
): Promise<Answer> => {
  const asked = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  if (asked.length > longest)
    return refusalText(`That is more than a filter holds: ${longest} characters at most.`);
  const filtering = parseFilter(asked);
  if (!filtering.ok) return refusalText(filtering.because);
  const { rows, next } = await findingsFor(deps, filtering.filter, id, from);
  const words =
    asked === '' ? 'Open findings, worst first' : `Findings for “${asked}”, worst first`;
  return findingsList(
    words,
    rows,
    next === undefined ? undefined : { kind: 'findings.page', text: asked, from: next },
    deps.policy,
  );
};

/** The members of a group, worst first. */
export const listGroup = async (deps: DeskDeps, id: GroupId, from: number): Promise<Answer> => {
  const found = await deps.groups.read(id);
  if (!found) return refusalText('This group is too old: /findings lists what is still open.');
  const members = inOrder(found.members);
  const keys = members.slice(from, from + pageSize).map(({ key }) => key);
  const records = await Promise.all(keys.map((key) => deps.store.finding(key)));
  const next = from + pageSize;
  return findingsList(
    keys.length === 0
      ? `None after ${members.length}`
      : `${from + 1}–${from + keys.length} of ${members.length}, worst first`,
    records.filter((record) => record !== undefined),
    next < members.length ? { kind: 'group.show', group: id, from: String(next) } : undefined,
    deps.policy,
  );
};
