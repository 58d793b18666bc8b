import type { Link, Verdict } from '../src/domain/audit';
import type { Answer } from './answers';
import { sayOf } from './audit-line';
import { bold, bullets, code, inert, line, moment, person, rich, some, t } from './parts';

/** A part of the trail: the case's words, its links newest first, and whether its whole chain holds. */
export interface Told {
  title: string;
  links: readonly Link[];
  verdict?: Verdict;
}

/** Who did what, when and why; per case, newest first. Five cases at most, and how many more there are. */
export const trailAnswer = (of: string, told: readonly Told[], more: number): Answer => ({
  text: inert(`Audit of ${of}`),
  blocks: [
    rich(
      line(bold(`Audit of ${of}`, 150)),
      ...told.flatMap(section),
      ...(more > 0 ? [line(t(`and ${more} more case${more === 1 ? '' : 's'}`))] : []),
    ),
  ],
});

const section = ({ title, links, verdict }: Told) => [
  line(bold(title, 150), ...(verdict ? [t(verdictWords(verdict))] : [])),
  ...bullets(
    some(links, { lines: 15, letters: 1900 }, ({ seq, hash, event }) =>
      line(
        moment(event.at),
        event.actor.kind === 'person' ? person(event.actor.id, event.actor.name) : t('Drawbridge'),
        t(sayOf(event.type)),
        ...reasonOf(event.facts),
        code(`#${seq} ${hash.slice(0, 8)}`),
      ),
    ),
  ),
];

const reasonOf = (facts: Link['event']['facts']) => {
  const why = facts['reason'] || facts['because'] || facts['step'];
  return why ? [t(`– ${String(why)}`, 140)] : [];
};

const verdictWords = (verdict: Verdict): string =>
  verdict.ok
    ? `· ${verdict.links} links, chain checked ✓`
    : `· ⚠️ the chain is broken at link ${verdict.seq}: ${verdict.because}`;
