import { mayRequest } from '../domain/approval';
import type { AuditEvent } from '../domain/audit';
import { hash } from '../domain/canonical';
import { CaseId, ChannelId } from '../domain/ids';
import { actor, type Person } from '../domain/person';
import type { Offered } from '../domain/playbook';
import { Target } from '../domain/target';
import { admit, type Click } from './authority';
import type { DoorDeps } from './ports';
import { begin, begun, drafted, standsInTheWay, type Requested } from './request';

/** A playbook on a target, without a finding: what a command asks for. */
export interface CaseAsk {
  playbook: string;
  target: string;
  account: string;
  region: string;
  options?: readonly string[] | undefined;
}

/** May this person ask for it? The same questions as of a button on a card, asked again when the request comes. */
export const mayAskCase = async (
  deps: DoorDeps,
  ask: CaseAsk,
  click: Click,
): Promise<Requested | { kind: 'ask'; offer: Offered }> => {
  const admitted = await admit(deps, click, false);
  const allowed = admitted.ok ? mayRequest(admitted.person) : admitted;
  const offer = offeredCase(deps, ask);
  if (!offer) return { kind: 'refused', because: 'There is no such playbook, or no such target.' };
  const obstacle = allowed.ok
    ? await standsInTheWay(deps, offer)
    : { ...allowed, kind: 'refused' as const };
  if (obstacle?.kind !== 'refused') return obstacle ?? { kind: 'ask', offer };
  await auditRefused(deps, ask, admitted.person, obstacle.because);
  return obstacle;
};

/** Nothing was begun, so there is no case: the refusals of one target are a chain of their own. */
export const auditRefused = async (
  { store, now }: DoorDeps,
  { playbook, target }: Pick<CaseAsk, 'playbook' | 'target'>,
  person: Person,
  because: string,
): Promise<void> => {
  const at = now().toISOString();
  const event: AuditEvent = {
    id: `${person.id}/remediation.request-refused/${at}`,
    type: 'remediation.request-refused',
    case: CaseId.parse(hash(['refused', target]).slice(0, 32)),
    at,
    actor: actor(person),
    facts: { title: `Refused: ${playbook}`, playbook, target, because },
  };
  await store.commit({ events: [event] });
};

/** One case, one card, one chain of its own; whoever asks second for the same target is shown the first (law 5). */
export const requestCase = async (
  deps: DoorDeps,
  ask: CaseAsk,
  click: Click,
  reason: string,
): Promise<Requested> => {
  const asked = await mayAskCase(deps, ask, click);
  if (asked.kind !== 'ask') return asked;
  const channel = ChannelId.parse(click.channel);
  const remediation = await drafted(deps, asked.offer, click, {
    channel,
    reason,
    options: ask.options,
  });
  return begun(deps, remediation, await begin(deps, remediation));
};

const offeredCase = ({ offers }: Pick<DoorDeps, 'offers'>, ask: CaseAsk): Offered | undefined => {
  const offer = offers.find(({ id }) => id === ask.playbook);
  const { account, region } = ask;
  const target = Target.safeParse({ kind: offer?.target, id: ask.target, account, region });
  return offer && target.success ? { offer, target: target.data } : undefined;
};
