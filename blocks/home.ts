import type { HomeView } from '@slack/types';
import type { Person, Role } from '../src/domain/person';
import type { Policy } from '../src/domain/policy';
import type { Remediation } from '../src/domain/remediation';
import { statusText, whoText } from './answers';
import { bold, divider, header, line, note, rich, t } from './parts';

/** The App Home: what waits, and what this person may do. */
export const homeView = (
  who: Person,
  waiting: readonly Remediation[],
  policy: Policy,
  words: Readonly<Record<Role, string>>,
  now: string,
): HomeView => ({
  type: 'home',
  blocks: [
    header('Drawbridge'),
    // Findings are shown to members only (law 3).
    ...(who.outsider ? [] : [...statusText(waiting).blocks, divider]),
    ...whoText(who, policy, words).blocks,
    divider,
    rich(
      line(
        bold('How it works'),
        t(
          'A finding has one card. Remediate… shows the plan; another person approves it; the change is read back, told in the thread, and can be undone.',
        ),
      ),
    ),
    note(`${policy.environment.toUpperCase()} · as of ${now.slice(0, 16).replace('T', ' ')} UTC`),
  ],
});
