import type { Planned } from '../../domain/plan';
import { chosen, type Asked } from '../../domain/playbook';
import { evidenceSteps, evidenceWords } from '../../operations/evidence/taking';
import { collectEc2Evidence } from './facts';
import type { InstanceFacts } from './read';

/** Milliseconds for which what was taken is new enough: whoever asks again by mistake pays for no second set. */
const fresh = 15 * 60_000;

/** Facts and what was chosen → evidence in steps, nothing to do, or a refusal. */
export const plan = (facts: InstanceFacts, { target, options, now }: Asked): Planned => {
  const { id, region } = target;
  if (facts.kind === 'missing')
    return refusal(`There is no instance ${id} in ${region} of this account.`);
  if (facts.kind === 'ended')
    return refusal(
      `${id} is ${facts.state}: there is nothing left to take. /evidence ${id} tells what was.`,
    );
  const { volumes, state, name, type, takenAt, forensics } = facts;
  if (takenAt && Date.parse(now) - Date.parse(takenAt) < fresh)
    return {
      kind: 'compliant',
      because: `Evidence of ${id} was taken at ${takenAt.slice(11, 16)} UTC: /evidence ${id} shows it.`,
    };
  const taking = {
    instanceId: id,
    volumes,
    runs: state === 'running',
    shareWith: forensics,
    options: chosen(collectEc2Evidence, options),
  };
  return {
    kind: 'plan',
    plan: {
      playbook: 'collect-ec2-evidence',
      target,
      steps: evidenceSteps(taking),
      effects: [
        {
          what: 'Evidence',
          before: 'none of now',
          after: `kept in the locked bucket: ${evidenceWords(taking).join(', ')}`,
        },
      ],
      keeps: [
        'The instance, its network, its role and its traffic stay as they are.',
        'Snapshots stay in its account until somebody deletes them.',
      ],
      warnings: [],
      blastRadius: [`${id}${name && ` (${name})`} is a ${type} and ${state}.`],
      leaves: 'The finding stays open: evidence contains nothing.',
      reversible: { not: 'evidence is kept, and never taken back.' },
    },
  };
};

const refusal = (because: string): Planned => ({ kind: 'refusal', because });
