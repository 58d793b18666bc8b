import type { Effect } from '../../domain/plan';
import type { Target } from '../../domain/target';
import { evidenceWords } from '../../operations/evidence/taking';
import type { Found } from './read';
import { isOverruled, overrulable } from './refusals';
import type { GroupFacts } from './surroundings';
import { canStandBy, openFor, takingOf } from './steps';

const some = (items: readonly string[], most = 5): string =>
  items.length <= most
    ? items.join(', ')
    : `${items.slice(0, most).join(', ')} and ${items.length - most} more`;

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** `…:targetgroup/web/0123` → `web`. */
const groupName = (arn: string): string => arn.split('/').at(-2) ?? arn;

/** What the approver reads, in the order in which it happens. */
export const effectsOf = (facts: Found, target: Target, options: readonly string[]): Effect[] => [
  ...protectionEffects(facts),
  {
    what: 'Evidence',
    before: 'none',
    after: `kept in the locked bucket: ${some(evidenceWords(takingOf(facts, target, options)), 8)}`,
  },
  ...credentialEffects(facts, target, options),
  { what: 'Session Manager', before: 'sessions may be open', after: 'its sessions are ended' },
  ...trafficEffects(facts),
  ...facts.interfaces
    .filter(({ contained }) => !contained)
    .map(({ id, groups, publicIp }) => ({
      what: `Interface ${id}`,
      before: `${some(groups)}${publicIp && ` (public ${publicIp})`}`,
      after: 'quarantine group: nothing in, nothing out',
    })),
  ...wishEffects(facts, options),
];

const protectionEffects = ({ termination, group, volumes, spot }: Found): Effect[] => [
  {
    what: spot ? 'Its volumes' : 'Loss by termination or shutdown',
    before: spot ? 'may go with the Spot instance' : `termination protection ${termination}`,
    after: spot
      ? 'stay when it ends'
      : `protected; a shutdown stops it; ${counted(volumes.length, 'volume')} stay`,
  },
  ...(group && canStandBy(group.lifecycle)
    ? [
        {
          what: `Auto Scaling group ${group.name}`,
          before: group.lifecycle,
          after: 'Standby, with one instance less wanted',
        },
      ]
    : []),
];

const credentialEffects = (
  { profile, role }: Found,
  { id }: Target,
  options: readonly string[],
): Effect[] => [
  ...(profile ? [{ what: 'Instance profile', before: nameOf(profile), after: 'detached' }] : []),
  ...(role && !role.denied
    ? [
        {
          what: `Credentials of role ${role.name}`,
          before: 'what the role allows',
          after: `nothing for those that ${id} was given, wherever they are used`,
        },
      ]
    : []),
  ...(role && options.includes('sessions')
    ? [
        {
          what: `Sessions of role ${role.name}`,
          before: 'good until they expire',
          after: 'refused if they began before this, whoever holds them',
        },
      ]
    : []),
];

const trafficEffects = ({ targetGroups, balancers }: Found): Effect[] => [
  ...targetGroups.map(({ arn, targets }) => ({
    what: `Target group ${groupName(arn)}`,
    before: some(targets.map(({ id, port }) => `${id}${port === undefined ? '' : `:${port}`}`)),
    after: 'taken out',
  })),
  ...balancers.map((name) => ({
    what: `Classic Load Balancer ${name}`,
    before: 'registered',
    after: 'taken out',
  })),
];

const wishEffects = (facts: Found, options: readonly string[]): Effect[] => [
  ...(options.includes('addresses')
    ? facts.addresses.map(({ ip }) => ({
        what: `Elastic IP ${ip}`,
        before: 'associated',
        after: 'disassociated, and kept',
      }))
    : []),
  ...(options.includes('metadata')
    ? [{ what: 'Metadata service', before: facts.metadata, after: 'off' }]
    : []),
  ...(options.includes('stop')
    ? [{ what: 'Power', before: facts.state, after: facts.canHibernate ? 'hibernated' : 'stopped' }]
    : []),
];

export const keepsOf = (options: readonly string[]): string[] => [
  ...(options.includes('stop') ? [] : ['It keeps running: its memory and disks stay as they are.']),
  options.includes('sessions')
    ? 'Whatever shares its groups or its subnet is not touched.'
    : 'Whatever shares its role, its groups or its subnet is not touched.',
  'Evidence, snapshots and the quarantine group of the VPC stay after a release.',
  'A release does not bring back connections that were cut and sessions that were ended.',
];

/** What the person who approves has to know before they do: the worst first. */
export const warningsOf = (facts: Found, { id }: Target, options: readonly string[]): string[] => [
  ...(isOverruled(facts) ? overrulable(facts, id).map((each) => `Break glass: ${each}`) : []),
  ...(facts.unknown.length > 0
    ? [`Could not be read, and so is not in this plan: ${some(facts.unknown, 4)}.`]
    : []),
  ...(facts.operator
    ? [
        `${facts.operator} runs this instance: EC2 may refuse changes. Cordon or drain it there as well.`,
      ]
    : []),
  ...(facts.role && options.includes('sessions')
    ? [
        `Whoever works with the role ${facts.role.name} is cut off until they have new credentials: other instances, functions and people. A release takes that back, also for credentials that were stolen and have not expired.`,
      ]
    : []),
  ...groupWarnings(facts),
  ...(facts.spot
    ? ['It is a Spot instance: AWS may take it back any minute, and nothing protects it from that.']
    : []),
  ...(options.includes('stop')
    ? [
        `Stopping ends what is in its memory${facts.canHibernate ? ' unless it hibernates' : ''}${facts.instanceStore ? ', and all that is on its instance store' : ''}.`,
      ]
    : []),
  ...(facts.instanceStore
    ? ['It has or may have instance store: no snapshot holds that, and it is lost on a stop.']
    : []),
  `For ${openFor} seconds all its interfaces are open to everybody: so that open connections are allowed by rules, and end with them.`,
  'Connections through NAT, endpoints and load balancers may live on until they are idle, and DNS of the VPC’s resolver goes on: no security group stops these.',
  ...(facts.shared.length > 0
    ? [`Other instances write to ${some(facts.shared)} too: the snapshots show their work as well.`]
    : []),
  ...(facts.canHibernate
    ? ['It is set up for hibernation: machines made of its snapshots may not start.']
    : []),
];

const groupWarnings = ({ group, state }: Found): string[] => {
  if (!group) return [];
  if (!canStandBy(group.lifecycle))
    return [
      `Its Auto Scaling group ${group.name} has it in ${group.lifecycle}, from where it cannot be taken out: the group may end it.`,
    ];
  return state === 'running'
    ? []
    : [`It does not run: its Auto Scaling group ${group.name} may replace it before it is safe.`];
};

/** One of less than three leaves no zone with two more than another. */
const mayBalance = ({ balances, desired, lifecycle }: GroupFacts): boolean =>
  balances.length > 0 && desired > 2 && canStandBy(lifecycle);

/** It may change while people decide, so it is shown and not part of what they decide on. */
export const radiusOf = (facts: Found, { id }: Target, options: readonly string[]): string[] => [
  `${id}${facts.name && ` (${facts.name})`} is a ${facts.type} and ${facts.state}. Systems Manager: ${facts.agent}.`,
  ...(facts.role
    ? [
        facts.sharers.length > 0
          ? `The role ${facts.role.name} is also that of ${some(facts.sharers)}: ${options.includes('sessions') ? 'they can do nothing until they have new credentials, which takes them up to some hours.' : `they keep their rights, since the denial names ${id} only.`}`
          : `No other instance has the role ${facts.role.name}.`,
      ]
    : []),
  ...(facts.group
    ? [
        `The Auto Scaling group ${facts.group.name} wants ${facts.group.desired}, at least ${facts.group.min}: it has one less meanwhile${facts.group.desired <= facts.group.min ? ', and its least size is lowered by one' : ''}.`,
      ]
    : []),
  ...(facts.group && mayBalance(facts.group)
    ? [
        `With one less, ${facts.group.name} may end a healthy instance in one of ${some(facts.group.balances)} and start one in another, to be in balance: suspend its AZRebalance first if that must not be.`,
      ]
    : []),
  ...facts.targetGroups.map(({ arn, healthy }) =>
    healthy === 0
      ? `The target group ${groupName(arn)} has no other healthy target: what it serves is down.`
      : `The target group ${groupName(arn)} has ${counted(healthy, 'healthy target')} left.`,
  ),
  ...(facts.balancers.length > 0 ? [`Behind ${some(facts.balancers)} it serves no more.`] : []),
];

/** Isolation contains and does not clean: the finding is people’s to close (law 6). */
export const leaves =
  'The finding stays open: isolation contains the instance, and does not clean it.';

/** What stays in reach whatever the steps do: each makes the containment a partial one (law 10). */
export const uncontainedOf = ({ notContained, unseen }: Found): string[] => [
  ...notContained.map(({ id, because }) => `${id} keeps its network. ${because}`),
  ...unseen.map((each) => `not read, so not dealt with: ${each}`),
];

/** What a release cannot bring back; nothing where it brings back all of it. */
export const notRestored = (facts: Found, options: readonly string[]): string | undefined => {
  if (!options.includes('stop') || facts.state !== 'running') return undefined;
  const lost = [
    ...(facts.canHibernate ? [] : ['what was in its memory']),
    ...(facts.instanceStore ? ['what was on its instance store'] : []),
    'a public address that was not an Elastic IP',
  ];
  return `${lost.join(', ')} is gone once it was stopped.`;
};
