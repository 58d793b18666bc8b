import type { Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import { ruleText } from '../../operations/ec2/ingress-rule';
import type { SetPublicAccess } from '../../operations/rds/set-public-access';
import type { DatabaseFacts } from './read';

type Found = Extract<DatabaseFacts, { kind: 'database' }>;

export const plan = (facts: DatabaseFacts, { target }: Asked): Planned => {
  const { id } = target;
  if (facts.kind === 'missing')
    return { kind: 'compliant', because: `The database ${id} does not exist any more.` };
  const { access, cluster } = facts;
  if (!access.public && access.status !== 'modifying')
    return { kind: 'compliant', because: `The database ${id} is not publicly accessible.` };
  const because = obstacle(facts, id);
  if (because) return { kind: 'refusal', because };
  const input: SetPublicAccess = { instance: id, public: false };
  return {
    kind: 'plan',
    plan: {
      playbook: 'close-rds-public-access',
      target,
      steps: [{ operation: 'rds.set-public-access', input, phase: 'change' }],
      effects: [
        {
          what: 'Public access',
          before: 'on: its name answers with a public address outside the VPC',
          after: 'off: its name answers with a private address only',
        },
      ],
      keeps: [
        `Its name and port: ${facts.address}:${facts.port}. Clients inside the VPC notice nothing.`,
        'Its security groups and their rules.',
        ...(cluster === ''
          ? []
          : [`The other instances of cluster ${cluster}: each has a setting of its own.`]),
      ],
      warnings: [
        'Clients outside the VPC lose the database: established connections are cut, and new ones find no way.',
        ...waitingWords(facts),
      ],
      blastRadius: radius(facts, id),
      reversible: 'exactly',
    },
  };
};

/** Why RDS would not take the change, or not this one alone. */
const obstacle = ({ access, cluster, engine }: Found, id: string): string | undefined => {
  if (cluster !== '' && !engine.startsWith('aurora'))
    return `${id} belongs to the Multi-AZ cluster ${cluster}: RDS changes no single instance of it.`;
  if (access.status !== 'available')
    return `The database ${id} is in the state “${access.status}”. RDS changes it only while it is “available”: try again then.`;
  return undefined;
};

const waitingWords = ({ waiting }: Found): string[] =>
  waiting.length === 0
    ? []
    : [
        `Other changes wait for the maintenance window (${waiting.join(', ')}). They go on waiting: this change does not carry them out.`,
      ];

const radius = ({ engine, port, open }: Found, id: string): string[] => {
  const reach = `port ${port} of ${id} (${engine})`;
  if (open.length === 0)
    return [`No security group lets addresses outside private networks in on ${reach}.`];
  return [
    `These rules let addresses outside private networks in on ${reach}, so far:`,
    ...open.map(({ group, rule }) => `${group}: ${ruleText(rule)}`),
  ];
};
