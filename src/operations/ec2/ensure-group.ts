import type { SecurityGroup, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { Told } from '../../domain/errors';
import { isAwsError, type Aws } from '../aws';
import { authorize, inbound, outbound } from './group-rules';
import { ruleKey, ruleOf, type IngressRule } from './ingress-rule';
import {
  isShut,
  listGroups,
  listRules,
  ownName,
  ownTag,
  purposeOf,
  type Purpose,
} from './own-groups';

const descriptions: Readonly<Record<Purpose, string>> = {
  quarantine: 'No traffic. For instances that Drawbridge isolates: add no rules',
  transition: 'All traffic. For seconds, on the way to quarantine: attach nothing',
};

const all = (kind: 'ipv4' | 'ipv6', id: string): IngressRule => ({
  protocol: '-1',
  from: -1,
  to: -1,
  source: { kind, id },
  description: '',
  tags: {},
});

/** On each side. Flows of IPv4 and of IPv6 are judged apart, so that both must be open. */
const wanted: Readonly<Record<Purpose, readonly IngressRule[]>> = {
  quarantine: [],
  transition: [all('ipv4', '0.0.0.0/0'), all('ipv6', '::/0')],
};

/**
 * The group of the VPC, made if it is not there, and with exactly its rules: whoever made it may have been broken off,
 * and others may have added to it.
 * @param suffixes further names to try, where a group that is not ours has the plain one
 */
export const ensureGroup = async (
  aws: Aws,
  vpc: string,
  purpose: Purpose,
  suffixes: readonly string[],
): Promise<string> => {
  const id = (await find(aws, vpc, purpose)) ?? (await create(aws, vpc, purpose, suffixes));
  await converge(aws, id, purpose);
  return id;
};

const find = async (aws: Aws, vpc: string, purpose: Purpose): Promise<string | undefined> => {
  const groups = await listGroups(
    aws,
    { Name: 'vpc-id', Values: [vpc] },
    { Name: `tag:${ownTag}`, Values: [purpose] },
  );
  const own = groups.filter((group) => purposeOf(group) === purpose);
  return own.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))[0]?.GroupId;
};

const nameOf = ({ GroupName = '' }: SecurityGroup): string => GroupName;

const create = async (
  aws: Aws,
  VpcId: string,
  purpose: Purpose,
  suffixes: readonly string[],
): Promise<string> => {
  const Tags = [{ Key: ownTag, Value: purpose }];
  for (const suffix of ['', ...suffixes.map((each) => `-${each}`)]) {
    try {
      const { GroupId } = await aws.call('ec2:CreateSecurityGroup', {
        GroupName: `${ownName(purpose)}${suffix}`,
        Description: descriptions[purpose],
        VpcId,
        TagSpecifications: [{ ResourceType: 'security-group', Tags }],
      });
      if (GroupId) return GroupId;
    } catch (error) {
      if (!isAwsError(error, 'InvalidGroup.Duplicate')) throw error;
    }
    // Another isolation in this VPC was quicker.
    const made = await find(aws, VpcId, purpose);
    if (made) return made;
  }
  throw new Told(
    `Groups that are not Drawbridge’s have all the names for a ${purpose} group in ${VpcId}.`,
  );
};

const looks = 5;

/** Sets the rules right, and reads them back before the group is used. */
const converge = async (aws: Aws, id: string, purpose: Purpose): Promise<void> => {
  for (let look = 0; look < looks; look += 1) {
    // A new group, or a change to one, may take a moment to show.
    if (look > 1) await aws.call('clock:Pause', { milliseconds: 1000 });
    const [group] = await listGroups(aws, { Name: 'group-id', Values: [id] });
    const rules = group && (await listRules(aws, [id]));
    if (rules && (await setRight(aws, group, rules, purpose))) return;
  }
  throw new Told(`The ${purpose} group ${id} does not keep the rules that it must have.`);
};

/** @returns whether there was nothing to do */
const setRight = async (
  aws: Aws,
  group: SecurityGroup,
  rules: readonly SecurityGroupRule[],
  purpose: Purpose,
): Promise<boolean> => {
  const { GroupId = '' } = group;
  let right = purpose !== 'quarantine' || isShut(group, rules);
  for (const side of [inbound, outbound]) {
    const standing = rules.filter(({ IsEgress = false }) => IsEgress === side.egress);
    const wrong = standing.filter((rule) => !wanted[purpose].some(is(rule)));
    const missing = wanted[purpose].filter((rule) => !standing.some((each) => is(each)(rule)));
    right &&= wrong.length === 0 && missing.length === 0;
    if (wrong.length > 0) await revokeById(aws, side, GroupId, wrong);
    for (const rule of missing) await authorize(aws, side, GroupId, rule);
  }
  return right;
};

const is =
  (standing: SecurityGroupRule) =>
  (rule: IngressRule): boolean =>
    ruleKey(ruleOf(standing)) === ruleKey(rule);

/** By id, so that a rule of any shape goes. One that went meanwhile fails the call; then it is looked at again. */
const revokeById = async (
  aws: Aws,
  { revoke }: typeof inbound | typeof outbound,
  GroupId: string,
  rules: readonly SecurityGroupRule[],
): Promise<void> => {
  const SecurityGroupRuleIds = rules.flatMap(
    ({ SecurityGroupRuleId }) => SecurityGroupRuleId ?? [],
  );
  try {
    await aws.call(revoke, { GroupId, SecurityGroupRuleIds });
  } catch (error) {
    if (!isAwsError(error, 'InvalidSecurityGroupRuleId.NotFound', 'InvalidPermission.NotFound'))
      throw error;
  }
};
