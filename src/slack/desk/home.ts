import { homeView } from '../../../blocks/home';
import { roleWords } from '../command';
import type { DeskDeps } from './deps';
import { openRemediations } from './look';
import { isRunning, listed } from './standing';

/** The App Home, as it stands at this moment. */
export const home = async (deps: DeskDeps, user: string) => {
  const [who, open, findings] = await Promise.all([
    deps.people.person(user, false),
    openRemediations(deps),
    deps.lists.findings('open'),
  ]);
  const all = await listed(deps, open, who);
  const critical = findings.items.filter(({ finding }) => finding.severity === 'critical');
  return homeView(
    who,
    {
      yours: all.filter(({ yours }) => yours),
      asked: all.filter(({ remediation }) => remediation.requester.id === who.id),
      running: all.filter(isRunning),
      critical,
      more: findings.next !== undefined && critical.length === findings.items.length,
    },
    deps.policy,
    roleWords,
    deps.now().toISOString(),
  );
};
