import type { Effect, Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import { ruleKey, ruleText, type IngressRule } from '../../operations/ec2/ingress-rule';
import type { ReplaceIngressRules } from '../../operations/ec2/replace-ingress-rules';
import { distinct, isPublic, opens, without, type AdminPort } from './split';
import type { GroupFacts, User } from './read';

const ssh: AdminPort = { port: 22, name: 'SSH', protocols: ['tcp'] };
// RDP speaks UDP on the same port too.
const rdp: AdminPort = { port: 3389, name: 'RDP', protocols: ['tcp', 'udp'] };

/** Inbound rules that a group may have by default; the quota can be raised, so passing it is a warning only. */
const usualQuota = 60;

export const plan = (facts: GroupFacts, { target, control }: Asked): Planned => {
  if (facts.kind === 'missing')
    return {
      kind: 'compliant',
      because: `The security group ${target.id} does not exist any more.`,
    };
  if (facts.kind === 'ours')
    return {
      kind: 'refusal',
      because: `${facts.name} is a group of Drawbridge, through which isolated instances pass for seconds: what stands open in it ends their connections. Nothing else may use it.`,
    };
  const ports = portsOf(control);
  const remove = facts.rules.filter(
    (rule) => isPublic(rule) && ports.some((port) => opens(rule, port)),
  );
  if (remove.length === 0)
    return {
      kind: 'compliant',
      because: `No inbound rule of ${target.id} opens ${names(ports)} to the internet.`,
    };
  const rest = facts.rules.filter((rule) => !remove.includes(rule));
  const parts = new Map(remove.map((rule) => [rule, without(rule, ports)]));
  const add = distinct([...parts.values()].flat()).filter((rule) => !has(rest, rule));
  const input: ReplaceIngressRules = { groupId: target.id, remove, add };
  return {
    kind: 'plan',
    plan: {
      playbook: 'close-ec2-admin-ports',
      target,
      steps: [{ operation: 'ec2.replace-ingress-rules', input, phase: 'change' }],
      effects: [...parts].map(([rule, left]) => effectOf(rule, left)),
      keeps: rest.map(ruleText),
      warnings: warningsOf(remove, add, rest, ports),
      blastRadius: radius(facts.name, facts.vpc, facts.users),
      reversible: 'exactly',
    },
  };
};

const portsOf = (control: string | undefined): AdminPort[] => {
  if (control === 'EC2.13') return [ssh];
  if (control === 'EC2.14') return [rdp];
  return [ssh, rdp];
};

const names = (ports: readonly AdminPort[]): string =>
  ports.map(({ name, port }) => `${name} (${port})`).join(' or ');

const has = (rules: readonly IngressRule[], rule: IngressRule): boolean =>
  rules.some((each) => ruleKey(each) === ruleKey(rule));

const effectOf = (rule: IngressRule, parts: readonly IngressRule[]): Effect => ({
  what: 'Inbound rule',
  before: ruleText(rule),
  after: parts.length === 0 ? 'removed' : parts.map(ruleText).join(' + '),
});

const warningsOf = (
  remove: readonly IngressRule[],
  add: readonly IngressRule[],
  rest: readonly IngressRule[],
  ports: readonly AdminPort[],
): string[] => {
  // The narrower rules are added before the wide ones go, so this many stand at once.
  const most = remove.length + rest.length + add.length;
  return [
    ...(rest.some((rule) => ports.some((port) => opens(rule, port)))
      ? []
      : [
          `Nobody can reach ${names(ports)} through this group afterwards: no narrower rule allows it.`,
        ]),
    ...(remove.some(({ protocol }) => protocol === '-1')
      ? [
          '“All traffic” is replaced by TCP, UDP, ICMP, GRE, ESP and AH: other IP protocols from the internet stop.',
        ]
      : []),
    ...(most > usualQuota
      ? [
          `The group has up to ${most} inbound rules meanwhile; above the usual quota of ${usualQuota} AWS may refuse.`,
        ]
      : []),
  ];
};

const radius = (name: string, vpc: string, users: readonly User[]): string[] => {
  const instances = [...new Set(users.flatMap(({ instance }) => instance ?? []))];
  const exposed = users.filter(({ publicAddress }) => publicAddress).length;
  const group = `Group ${name} in ${vpc}`;
  if (users.length === 0)
    return [`${group} is used by no network interface: nothing loses a connection.`];
  const others = users.filter(({ instance }) => !instance);
  return [
    `${group} is used by ${users.length} network interface${users.length === 1 ? '' : 's'}, ${exposed} with a public address.`,
    ...(instances.length > 0 ? [`Instances: ${some(instances)}`] : []),
    ...(others.length > 0
      ? [`Others: ${some(others.map((each) => each.description || each.networkInterface))}`]
      : []),
    'New connections stop at once; established ones may go on until they end.',
  ];
};

const some = (items: readonly string[]): string =>
  items.length <= 10
    ? items.join(', ')
    : `${items.slice(0, 10).join(', ')} and ${items.length - 10} more`;
