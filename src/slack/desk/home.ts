import { homeView } from '../../../blocks/home';
import { mayDecide } from '../../domain/approval';
import { roleWords } from '../command';
import type { DeskDeps } from './deps';
import { openRemediations, waitingAmong } from './look';

/** The App Home, as it stands at this moment. */
export const home = async (deps: DeskDeps, user: string) => {
  const [who, open, findings] = await Promise.all([
    deps.people.person(user, false),
    openRemediations(deps),
    deps.lists.findings('open'),
  ]);
  const now = deps.now();
  const waiting = waitingAmong(open);
  return homeView(
    who,
    {
      yours: waiting.filter(
        (each) => each.proposal && mayDecide(each, each.proposal, who, each.proposal.hash, now).ok,
      ),
      asked: open.filter(({ requester }) => requester.id === who.id),
      running: open.filter(({ status }) => status.state !== 'awaiting approval'),
      critical: findings.items.filter(({ finding }) => finding.severity === 'critical'),
    },
    deps.policy,
    roleWords,
    now.toISOString(),
  );
};
