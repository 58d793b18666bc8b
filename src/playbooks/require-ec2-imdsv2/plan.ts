import type { Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import type { Target } from '../../domain/target';
import type { RequireImdsv2 } from '../../operations/ec2/require-imdsv2';
import type { InstanceFacts } from './read';

type Found = Extract<InstanceFacts, { kind: 'instance' }>;

export const plan = (facts: InstanceFacts, { target }: Asked): Planned => {
  const { id } = target;
  if (facts.kind === 'missing')
    return {
      kind: 'compliant',
      because: `The instance ${id} is terminated or does not exist any more.`,
    };
  const { options } = facts;
  if (options.endpoint === 'disabled')
    return {
      kind: 'compliant',
      because: `The metadata service of ${id} is switched off: it answers nobody, with or without a token, and it stays off.`,
    };
  if (options.tokens === 'required')
    return {
      kind: 'compliant',
      because: `The metadata service of ${id} requires a session token already.`,
    };
  const input: RequireImdsv2 = { instanceId: id };
  return {
    kind: 'plan',
    plan: {
      playbook: 'require-ec2-imdsv2',
      target,
      steps: [{ operation: 'ec2.require-imdsv2', input, phase: 'change' }],
      effects: [
        {
          what: 'Metadata service',
          before: 'answers with or without a session token (IMDSv1 and IMDSv2)',
          after: 'answers with a session token only (IMDSv2)',
        },
      ],
      keeps: [
        `Metadata endpoint: ${options.endpoint}. Hop limit: ${options.hopLimit}.`,
        `IPv6 endpoint: ${options.ipv6}. Tags in the metadata: ${options.tags}.`,
      ],
      warnings: warningsFor(facts, target),
      blastRadius: radius(facts, id),
      reversible: 'exactly',
    },
  };
};

const warningsFor = ({ options, group, template }: Found, { id, region }: Target): string[] => [
  'Programs that ask without a token (old SDKs, scripts with curl) get no answer any more, and so no credentials of the instance’s role.',
  // GetMetricStatistics wants both times; the shell works them out, since a plan must not change as time passes.
  `Any sum above 0 means there are some: aws cloudwatch get-metric-statistics --region ${region} --namespace AWS/EC2 --metric-name MetadataNoToken --dimensions Name=InstanceId,Value=${id} --statistics Sum --period 86400 --start-time $(date -ud -14days +%F) --end-time $(date -u +%F)`,
  ...(options.hopLimit === 1
    ? [
        `The hop limit is 1: containers with a network of their own cannot get a token. Where there are any, first: aws ec2 modify-instance-metadata-options --region ${region} --instance-id ${id} --http-put-response-hop-limit 2`,
      ]
    : []),
  ...(group === '' && template === ''
    ? []
    : [
        `New instances${group === '' ? '' : ` of the Auto Scaling group ${group}`} come from ${template === '' ? 'its launch template or configuration' : `the launch template ${template}`}, which stays as it is: set HttpTokens to required there as well.`,
      ]),
];

const radius = ({ name, state, profile }: Found, id: string): string[] => [
  `Instance ${id}${name === '' ? '' : ` (${name})`} is ${state}. It is not restarted.`,
  profile === ''
    ? 'It has no instance profile: the metadata service gives no credentials.'
    : `Programs on it use the credentials of ${profile}.`,
];
