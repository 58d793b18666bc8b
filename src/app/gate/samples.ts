import type { ObjectRef } from '../../domain/gate/object';
import type { Held } from '../../domain/gate/verdict';
import type { GateRunId } from '../../domain/ids';
import { actor } from '../../domain/person';
import type { Click } from '../authority';
import type { GateSamples, Samples } from './lookers';
import { mayDo, needs, type Needs, type Refused } from './may';
import { gateEvent, note } from './write';

export type Looked = { kind: 'looked'; held: Held; found: Samples } | Refused;

/** Only for those who look on their own: what they saw is told nowhere, that they looked is (law 12). */
export const samplesAs = async (
  deps: Needs & { samples: GateSamples },
  { run: id, ref }: { run: GateRunId; ref: ObjectRef },
  find: (ref: ObjectRef) => Promise<Held | undefined>,
  click: Click,
): Promise<Looked> => {
  const refusal = { type: 'gate.decision-refused', what: 'samples' } as const;
  const may = await mayDo(deps, id, click, refusal, ({ rule, person }) =>
    needs(person, rule.samples, 'see samples'),
  );
  if (may.kind === 'refused') return may;
  const held = await find(ref);
  if (!held) return { kind: 'refused', because: 'This object is not held here.' };
  const { verdict, key } = held;
  const [finding] = 'findings' in verdict ? verdict.findings : [];
  if (finding === undefined)
    return {
      kind: 'looked',
      held,
      found: { kind: 'not available', because: 'Macie has no finding of it' },
    };
  const now = deps.now();
  const { run, person } = may;
  // Told before anything is seen; the same minute is the same look.
  const mark = `${person.id}/${ref}/${now.toISOString().slice(0, 16)}`;
  const event = gateEvent(run, 'gate.samples-shown', now, { key }, { by: actor(person), mark });
  await note(deps, id, [event]);
  return { kind: 'looked', held, found: await deps.samples.samplesOf(finding) };
};
