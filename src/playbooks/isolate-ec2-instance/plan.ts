import type { Planned } from '../../domain/plan';
import { chosen, type Asked } from '../../domain/playbook';
import { isolateEc2Instance } from './facts';
import type { Found, InstanceFacts } from './read';
import { refusalOf } from './refusals';
import { stepsFor } from './steps';
import { isolatedTag } from './tags';
import {
  effectsOf,
  keepsOf,
  leaves,
  notRestored,
  radiusOf,
  uncontainedOf,
  warningsOf,
} from './words';

/** Facts and what was chosen → containment in steps, nothing to do, or a refusal. */
export const plan = (facts: InstanceFacts, { target, options }: Asked): Planned => {
  const because = refusalOf(facts, target);
  if (because !== '' || facts.kind !== 'instance') return { kind: 'refusal', because };
  const wanted = chosen(isolateEc2Instance, options);
  if (isIsolated(facts, wanted))
    return {
      kind: 'compliant',
      because: `${target.id} is isolated already: /release ${target.id} ends that.`,
    };
  const steps = stepsFor(facts, target, wanted);
  const lost = notRestored(facts, wanted);
  const uncontained = uncontainedOf(facts);
  return {
    kind: 'plan',
    plan: {
      playbook: 'isolate-ec2-instance',
      target,
      steps,
      effects: effectsOf(facts, target, wanted),
      keeps: keepsOf(wanted),
      warnings: warningsOf(facts, target, wanted),
      blastRadius: radiusOf(facts, target, wanted),
      leaves,
      ...(uncontained.length > 0 && { uncontained }),
      reversible: lost ? { not: lost } : 'exactly',
    },
  };
};

/** Marked by an earlier isolation, and everything of it that can be seen from here stands, with what is chosen now. */
const isIsolated = (facts: Found, options: readonly string[]): boolean =>
  facts.tags[isolatedTag] === 'yes' &&
  [...facts.unknown, ...facts.unseen].length === 0 &&
  facts.interfaces.length > 0 &&
  facts.interfaces.every(({ contained }) => contained) &&
  facts.profile === '' &&
  facts.role?.denied !== false &&
  facts.targetGroups.length === 0 &&
  facts.balancers.length === 0 &&
  facts.termination !== 'off' &&
  (!facts.group || facts.group.lifecycle === 'Standby') &&
  (!options.includes('sessions') || facts.role?.revoked !== false) &&
  (!options.includes('addresses') || facts.addresses.length === 0) &&
  (!options.includes('metadata') || facts.metadata === 'off') &&
  (!options.includes('stop') || facts.state === 'stopped');
