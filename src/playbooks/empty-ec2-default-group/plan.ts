import type { Effect, Planned, Step } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import { egressText, ruleText } from '../../operations/ec2/ingress-rule';
import type { RemoveEgressRules } from '../../operations/ec2/remove-egress-rules';
import type { ReplaceIngressRules } from '../../operations/ec2/replace-ingress-rules';
import type { DefaultGroupFacts } from './read';
import type { Service, User } from './users';

export const plan = (facts: DefaultGroupFacts, { target }: Asked): Planned => {
  if (facts.kind === 'missing')
    return {
      kind: 'compliant',
      because: `The security group ${target.id} does not exist any more.`,
    };
  const { name, vpc, inbound, outbound, users } = facts;
  // Only the default group may be emptied: any other was made by somebody, for something.
  if (name !== 'default')
    return {
      kind: 'refusal',
      because: `The security group ${target.id} is named “${name}”. Only the group that AWS names “default” is emptied.`,
    };
  if (inbound.length + outbound.length === 0)
    return {
      kind: 'compliant',
      because: `The default group ${target.id} has no inbound and no outbound rules.`,
    };
  return {
    kind: 'plan',
    plan: {
      playbook: 'empty-ec2-default-group',
      target,
      steps: stepsFor(target.id, facts),
      effects: [
        ...inbound.map((rule) => removed('Inbound rule', ruleText(rule))),
        ...outbound.map((rule) => removed('Outbound rule', egressText(rule))),
      ],
      keeps: ['The group itself, its name and its tags.', `All other groups of ${vpc}.`],
      warnings: services.flatMap((service) => warningFor(service, users)),
      blastRadius: radius(vpc, users),
      reversible: 'exactly',
    },
  };
};

const stepsFor = (
  groupId: string,
  { inbound, outbound }: Extract<DefaultGroupFacts, { kind: 'group' }>,
): Step[] => {
  const ingress: ReplaceIngressRules = { groupId, remove: inbound, add: [] };
  const egress: RemoveEgressRules = { groupId, remove: outbound };
  return [
    ...(inbound.length > 0
      ? [{ operation: 'ec2.replace-ingress-rules', input: ingress, phase: 'change' as const }]
      : []),
    ...(outbound.length > 0
      ? [{ operation: 'ec2.remove-egress-rules', input: egress, phase: 'change' as const }]
      : []),
  ];
};

const removed = (what: string, before: string): Effect => ({ what, before, after: 'removed' });

/** In the order of how much breaks: one warning each, so that all of them fit on the card. */
const losses: Readonly<Record<Service, string>> = {
  'VPC endpoint': 'Calls through VPC endpoints will hang, those to AWS’s own services too',
  database: 'Nobody will reach the databases',
  'load balancer': 'Load balancers will answer nobody',
  instance: 'Instances will lose all network traffic',
  'Lambda function': 'Lambda functions will reach nothing in the network',
  'other network interface': 'Other network interfaces will lose all traffic',
};
const services = Object.keys(losses) as Service[];

const warningFor = (service: Service, users: readonly User[]): string[] => {
  const using = users.filter((user) => user.service === service);
  if (using.length === 0) return [];
  const kept = using.some(({ others }) => others.length > 0)
    ? ', except for what their other groups allow'
    : '';
  const count = using.length === 1 ? '1 uses' : `${using.length} use`;
  return [`${losses[service]}${kept}. ${count} this group: ${some(using.map(nameOf))}.`];
};

const nameOf = ({ name, others }: User): string =>
  others.length > 0 ? `${name} (also in ${others.join(', ')})` : name;

const radius = (vpc: string, users: readonly User[]): string[] => {
  const later = 'Whatever is made later without naming a group gets this one, and no network.';
  if (users.length === 0)
    return [
      `The default group of ${vpc} is used by no network interface: nothing loses a connection.`,
      later,
    ];
  const exposed = users.filter(({ publicAddress }) => publicAddress).length;
  const count = `${users.length} network interface${users.length === 1 ? '' : 's'}`;
  return [
    `The default group of ${vpc} is used by ${count}, ${exposed} with a public address.`,
    later,
    'New connections stop at once; established ones may go on until they end.',
  ];
};

const some = (items: readonly string[]): string =>
  items.length <= 10
    ? items.join(', ')
    : `${items.slice(0, 10).join(', ')} and ${items.length - 10} more`;
