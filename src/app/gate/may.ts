import type { AuditType } from '../../domain/audit';
import { hash } from '../../domain/canonical';
import type { GateRun } from '../../domain/gate/run';
import type { GateRunId } from '../../domain/ids';
import { actor, type Person, type Role } from '../../domain/person';
import type { Gate } from '../../domain/policy/gate';
import { admit, type Click } from '../authority';
import type { GateDeps } from './ports';
import { gateEvent, note } from './write';

export interface Refused {
  kind: 'refused';
  because: string;
  who?: Role;
}

export type Needs = Pick<GateDeps, 'gate' | 'policy' | 'people' | 'now'>;

interface May {
  run: GateRun;
  rule: Gate;
  person: Person;
}

/** What stands in the way; `undefined` is a yes. */
export type Obstacle = { because: string; who?: Role } | undefined;

/** Roles are asked for anew on each click. A no is audited, once per reason and person and state (law 3, D35). */
export const mayDo = async (
  deps: Needs,
  id: GateRunId,
  click: Click,
  refusal: { type: AuditType; what: string },
  obstacle: (may: May) => Obstacle | Promise<Obstacle>,
): Promise<({ kind: 'may' } & May) | Refused> => {
  const [run, { person, ...admitted }] = await Promise.all([
    deps.gate.run(id),
    admit(deps, click, true),
  ]);
  const rule = deps.policy.gate;
  if (!run) return { kind: 'refused', because: 'This run is not known here.' };
  if (!rule) return { kind: 'refused', because: 'The policy has no gate any more.' };
  const stands = admitted.ok ? await obstacle({ run, rule, person }) : admitted;
  if (!stands) return { kind: 'may', run, rule, person };
  const { because, who } = stands;
  const mark = `${refusal.what}/${person.id}/${run.status.state}/${run.decisions}/${hash(because).slice(0, 8)}`;
  const facts = { what: refusal.what, because };
  const told = { by: actor(person), mark };
  await note(deps, id, [gateEvent(run, refusal.type, deps.now(), facts, told)]);
  return { kind: 'refused', because, ...(who && { who }) };
};

export const needs = (person: Person, role: Role, words: string): Obstacle =>
  person.roles.includes(role) ? undefined : { because: `Only ${role}s may ${words}.`, who: role };
