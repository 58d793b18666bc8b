import { groupCard } from '../../blocks/group-card';
import { hash } from '../domain/canonical';
import { inOrder, type GroupId } from '../domain/group';
import { CaseId } from '../domain/ids';
import type { OutboxDeps } from './outbox';
import { putOff } from './put-off';

/** Members that the card itself names. */
const named = 10;

/** One card for the group, renewed in place. Its id is a digest as those of cases are, so the cards remember it. */
export const showGroup = async (deps: OutboxDeps, id: GroupId): Promise<void> => {
  const { groups, store, cards, chat, policy } = deps;
  const found = await groups.read(id);
  if (!found) return;
  const { group, members } = found;
  const worst = inOrder(members).slice(0, named);
  const first = await Promise.all(worst.map(({ key }) => store.finding(key)));
  const message = groupCard(
    group,
    members,
    first.filter((record) => record !== undefined),
    policy,
  );
  const of = CaseId.parse(id);
  const shows = hash(JSON.stringify(message));
  const known = await cards.get(of);
  if (known?.shows === shows) return;
  const outcome = known && (await chat.update(known.channel, known.ts, message));
  if (known && outcome === 'updated') return cards.put(of, { ...known, shows });
  if (typeof outcome === 'object')
    return putOff(deps, group.channel, { kind: 'group', id, mark: '' }, outcome.at);
  const ts = await chat.post(group.channel, message);
  await cards.put(of, { channel: group.channel, ts, shows, told: 0 });
};
