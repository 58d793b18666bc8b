import type { Lists, Page } from '../../src/app/lists';
import { resourceKey } from '../../src/aws/keys';
import {
  findingShelf,
  linkShelf,
  remediationShelf,
  shelves,
  type Shelf,
} from '../../src/aws/shelves';
import { CaseId, watchedBy, WatchId } from '../../src/domain/ids';
import type { Held } from './memory-store';

/** The lists over what a memory store holds, on the same shelves and in the same order. */
export const memoryLists = (held: Held, pageSize = 50): Lists => {
  const page = async <T>(
    all: readonly T[],
    shelfOf: (item: T) => Shelf,
    shelf: string,
    from: string | undefined,
    most = pageSize,
  ): Promise<Page<T>> => {
    const ranked = all
      .map((item) => ({ item, on: shelfOf(item) }))
      .flatMap(({ item, on }) =>
        'list' in on && on.list === shelf ? [{ item, rank: on.rank }] : [],
      )
      .filter(({ rank }) => from === undefined || rank < from)
      .sort((a, b) => (a.rank < b.rank ? 1 : -1));
    const shown = ranked.slice(0, most);
    const items = structuredClone(shown.map(({ item }) => item));
    return { items, ...(ranked.length > most && { next: shown.at(-1)?.rank ?? '' }) };
  };
  return {
    findings: (which, from, most) =>
      page(
        [...held.findings.values()],
        findingShelf,
        which === 'open' ? shelves.openFindings : shelves.exceptedFindings,
        from,
        most,
      ),
    remediations: (which, from) =>
      page(
        [...held.remediations.values()],
        remediationShelf,
        which === 'open' ? shelves.openRemediations : shelves.remediationsOf(which.month),
        from,
      ),
    doneBy: (person, from) =>
      page([...held.chains.values()].flat(), linkShelf, shelves.doneBy(person), from),
    contained: async () =>
      [...held.due.keys()].flatMap((id) => {
        const watch = WatchId.safeParse(id);
        return watch.success ? [watchedBy(watch.data)] : [];
      }),
    async casesOf(resource) {
      const wanted = resourceKey(resource);
      const begun = [...held.remediations.values()]
        .filter(
          ({ id, case: of, target }) => of === (id as string) && resourceKey(target.id) === wanted,
        )
        .map((each) => each.case);
      const found = [...held.findings.values()]
        .filter(({ finding: { id, resources } }) =>
          [id, ...resources.map((each) => each.id)]
            .flatMap((each) => [each, each.split(/[/:]/).at(-1) ?? ''])
            .some((each) => resourceKey(each) === wanted),
        )
        .map(({ finding }) => CaseId.parse(finding.key));
      return [...found, ...begun].sort();
    },
  };
};
