import type { FindingRecord } from '../app/ports';
import type { Link } from '../domain/audit';
import { severities } from '../domain/finding';
import { isActionable } from '../domain/playbook';
import { isOpen, type Remediation } from '../domain/remediation';

/** Where an item stands in the index `lists`: `list` is the shelf, `rank` the order on it. Without them it is on none. */
export type Shelf = { list: string; rank: string } | Record<string, never>;

export const shelves = {
  openFindings: 'FINDINGS#open',
  exceptedFindings: 'FINDINGS#excepted',
  openRemediations: 'REMEDIATIONS#open',
  /** By month, so that no shelf grows for ever. `month` is `2026-11`. */
  remediationsOf: (month: string) => `REMEDIATIONS#${month}`,
  doneBy: (person: string) => `PERSON#${person}`,
} as const;

/** Worst first, then newest. */
export const findingShelf = ({ finding, exception, lastAt }: FindingRecord): Shelf => {
  const rank = `${severities.indexOf(finding.severity)}#${lastAt}#${finding.key}`;
  if (exception) return { list: shelves.exceptedFindings, rank };
  return isActionable(finding) ? { list: shelves.openFindings, rank } : {};
};

export const remediationShelf = ({ id, status, requestedAt }: Remediation): Shelf => ({
  list: isOpen(status.state)
    ? shelves.openRemediations
    : shelves.remediationsOf(requestedAt.slice(0, 7)),
  rank: `${requestedAt}#${id}`,
});

/** What people did, by person. */
export const linkShelf = ({ seq, event }: Link): Shelf =>
  event.actor.kind === 'person'
    ? { list: shelves.doneBy(event.actor.id), rank: `${event.at}#${event.case}#${seq}` }
    : {};
