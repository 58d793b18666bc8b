import type { Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import { outOfReach, reachOf } from '../../operations/cloudtrail/trail';
import type { ValidateLogFiles } from '../../operations/cloudtrail/validate-log-files';
import type { TrailFacts } from './read';

export const plan = (facts: TrailFacts, { target }: Asked): Planned => {
  if (facts.kind === 'missing')
    return { kind: 'compliant', because: `The trail ${target.id} does not exist any more.` };
  const { trail } = facts;
  if (trail.validated)
    return {
      kind: 'compliant',
      because: `Log file validation of the trail ${trail.name} is on already.`,
    };
  const because = outOfReach(trail, target);
  if (because) return { kind: 'refusal', because };
  const input: ValidateLogFiles = { trail: trail.arn };
  return {
    kind: 'plan',
    plan: {
      playbook: 'validate-cloudtrail-logs',
      target,
      steps: [{ operation: 'cloudtrail.validate-log-files', input, phase: 'change' }],
      effects: [{ what: 'Log file validation', before: 'off', after: 'on' }],
      keeps: [`All other settings of the trail, the bucket ${trail.bucket} and its policy`],
      warnings: [],
      blastRadius: [
        reachOf(trail),
        `CloudTrail writes a digest file for each hour to ${trail.bucket}, in a folder beside the logs; it is stored at the price of S3.`,
        'Log files of the time before cannot be validated.',
      ],
      reversible: 'exactly',
    },
  };
};
