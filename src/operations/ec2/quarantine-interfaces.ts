import { Told } from '../../domain/errors';
import type { Aws } from '../aws';
import type { Reversible } from '../operation';
import { readInterfaces, type Attached, type Interfaces } from './attached-interfaces';
import { giveBack, leftover, notedOn } from './restore-groups';
import { attempt, quarantine, type QuarantineInterfaces } from './swap-groups';

const reads = [
  'ec2:DescribeInstances',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroupRules',
  'ec2:DescribeSecurityGroups',
];

/**
 * What cannot be changed, because it belongs to a service, is named in `notContained` and does not keep the rest from
 * being contained: whoever plans with this step says so.
 */
export const quarantineInterfaces: Reversible<QuarantineInterfaces, Interfaces> = {
  kind: 'ec2.quarantine-interfaces',
  describe: ({ instanceId }) => `Put every network interface of ${instanceId} into quarantine`,
  read: (aws, input) => readInterfaces(aws, input),
  holds: (now) =>
    now.gone || (now.interfaces.length > 0 && now.interfaces.every(({ contained }) => contained)),
  async apply(aws, input, now, run) {
    if (now.gone) return;
    if (now.interfaces.length === 0)
      throw new Told(
        `No network interface of ${input.instanceId} can be changed. ${wordsFor(now)}`,
      );
    const failures = await quarantine(aws, input, run, now.interfaces);
    failures.push(...(await attempt(() => catchUp(aws, input, run, now.interfaces))));
    if (failures[0]) throw await inWords(aws, input, failures[0]);
  },
  // Told and shown: what stays reachable is no detail.
  output: (now) =>
    now.gone || now.notContained.length === 0 ? {} : { 'not contained': wordsFor(now) },
  undo: (aws, _, before, now) => giveBack(aws, before, now),
  restored: (now, _, before) => leftover(before, now).length === 0 && notedOn(now).length === 0,
  drift: (after, now) => {
    if (now.gone) return after.gone ? [] : ['the instance was terminated since'];
    if (after.gone) return ['the instance is there again'];
    return [...now.interfaces, ...after.interfaces.filter(({ id }) => !find(now, id))].flatMap(
      ({ id }) => changeOf(find(after, id), find(now, id)),
    );
  },
  permissions: {
    read: reads,
    apply: [
      ...reads,
      'ec2:AuthorizeSecurityGroupEgress',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:CreateSecurityGroup',
      'ec2:CreateTags',
      'ec2:ModifyNetworkInterfaceAttribute',
      'ec2:RevokeSecurityGroupEgress',
      'ec2:RevokeSecurityGroupIngress',
    ],
    undo: [
      'ec2:DeleteTags',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:ModifyNetworkInterfaceAttribute',
    ],
  },
};

type There = Extract<Interfaces, { gone: false }>;

const find = ({ interfaces }: There, id: string): Attached | undefined =>
  interfaces.find((each) => each.id === id);

const wordsFor = ({ notContained }: There): string =>
  notContained.map(({ id, because }) => `${id}: ${because}`).join(' ');

/** Contains what was attached while the others were on their way. */
const catchUp = async (
  aws: Aws,
  input: QuarantineInterfaces,
  run: string,
  known: readonly Attached[],
): Promise<Error[]> => {
  const now = await readInterfaces(aws, input);
  if (now.gone) return [];
  const newcomers = now.interfaces.filter(({ id }) => !known.some((each) => each.id === id));
  return quarantine(aws, input, run, newcomers);
};

/** The same error, so that it is tried again or not as ever, but what its reader must know first stands first. */
const inWords = async (aws: Aws, input: QuarantineInterfaces, error: Error): Promise<Error> => {
  const message = `${await standing(aws, input)} ${error.message}`;
  return error instanceof Told ? new Told(message) : Object.assign(error, { message });
};

const standing = async (aws: Aws, input: QuarantineInterfaces): Promise<string> => {
  try {
    const now = await readInterfaces(aws, input);
    if (now.gone) return 'The instance was terminated meanwhile.';
    const idsOf = (some: readonly Attached[]) => some.map(({ id }) => id).join(', ');
    const open = now.interfaces.filter((each) => each.open);
    const loose = now.interfaces.filter((each) => !each.open && !each.contained);
    const words = [
      ...(open.length > 0 ? [`OPEN TO ALL TRAFFIC, in the transition group: ${idsOf(open)}.`] : []),
      ...(loose.length > 0 ? [`Not contained: ${idsOf(loose)}.`] : []),
    ];
    return words.length > 0
      ? words.join(' ')
      : 'All interfaces are in quarantine, but connections that were open may live on.';
  } catch {
    return 'Some interfaces may stand OPEN TO ALL TRAFFIC, in the transition group: they cannot be read.';
  }
};

const changeOf = (was: Attached | undefined, is: Attached | undefined): string[] => {
  if (!was) return is ? [`${is.id} was attached since, in ${is.groups.join(', ')}`] : [];
  if (!is) return [`${was.id} was detached since, and keeps the groups that it has`];
  if (was.groups.join() !== is.groups.join())
    return [`${is.id} was moved since: ${was.groups.join(', ')} → ${is.groups.join(', ')}`];
  return was.contained && !is.contained ? [`the quarantine of ${is.id} has holes since`] : [];
};
