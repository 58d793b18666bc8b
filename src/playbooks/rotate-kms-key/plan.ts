import type { Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import type { EnableKeyRotation } from '../../operations/kms/enable-key-rotation';
import type { KeyFacts } from './read';
import { whyNot } from './why-not';

export const plan = (facts: KeyFacts, { target }: Asked): Planned => {
  if (facts.kind === 'missing')
    return { kind: 'compliant', because: `The KMS key ${target.id} does not exist any more.` };
  const { id, rotation, replicaOf } = facts;
  const because = whyNot(facts);
  if (because) return { kind: 'refusal', because };
  if (rotation?.enabled)
    return { kind: 'compliant', because: `KMS rotates the key ${id} already.` };
  if (replicaOf)
    return {
      kind: 'refusal',
      because: `KMS key ${id} is a replica, and replicas follow their primary key. Turn rotation on there: ${replicaOf}.`,
    };
  const periodDays = rotation?.periodDays;
  const input: EnableKeyRotation = { keyId: id, ...(periodDays !== undefined && { periodDays }) };
  return {
    kind: 'plan',
    plan: {
      playbook: 'rotate-kms-key',
      target,
      steps: [{ operation: 'kms.enable-key-rotation', input, phase: 'change' }],
      effects: [
        { what: 'Automatic rotation', before: 'off', after: `every ${periodDays ?? 365} days` },
      ],
      keeps: ['Key id, ARN, aliases, policy and grants', 'Old key material, for what it encrypted'],
      warnings: ['Each of the first two rotations raises the monthly price of the key.'],
      blastRadius: [
        `KMS key ${id}${facts.description && ` “${facts.description}”`}: ${facts.aliases.join(', ') || 'no alias'}.`,
        ...(facts.replicas.length > 0
          ? [`Its replicas rotate with it: ${facts.replicas.join(', ')}.`]
          : []),
        'Nothing that uses the key has to change.',
      ],
      reversible: 'exactly',
    },
  };
};
