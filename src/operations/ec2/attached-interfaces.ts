import type { NetworkInterface, SecurityGroup } from '@aws-sdk/client-ec2';
import { Told } from '../../domain/errors';
import type { Aws } from '../aws';
import { isShut, likelyPurposeOf, listGroups, listRules, purposeOf } from './own-groups';
import { readInstance } from './require-imdsv2';
import { listInterfaces } from './security-group';

/** A network interface of the instance that its groups can be changed of. */
export type Attached = {
  readonly id: string;
  readonly vpc: string;
  /** Ids of its security groups, in their order. */
  readonly groups: readonly string[];
  /** Those among them that are Drawbridge's, or look as if they were. */
  readonly ours: readonly string[];
  /** In the quarantine group and in no other, and that lets nothing through. */
  readonly contained: boolean;
  /** In a transition group, which lets everything through. */
  readonly open: boolean;
  /** Has our note of its groups, though it is in none of ours: a release broke off. */
  readonly noted?: true;
};

/** Tag by which an interface tells which groups it had. */
export const noteTag = 'DrawbridgeGroups';

/** What stays reachable whatever Drawbridge does. `because` is a sentence. */
export type NotContained = { readonly id: string; readonly because: string };

export type Interfaces =
  | { readonly gone: true }
  | {
      readonly gone: false;
      readonly interfaces: readonly Attached[];
      readonly notContained: readonly NotContained[];
    };

/** @throws Told where EC2 lists no interface of an instance that is there: none is not “all contained” (law 10) */
export const readInterfaces = async (
  aws: Aws,
  { instanceId, vpcId }: { readonly instanceId: string; readonly vpcId: string },
): Promise<Interfaces> => {
  if (!(await readInstance(aws, instanceId))) return { gone: true };
  const all = await listInterfaces(aws, { Name: 'attachment.instance-id', Values: [instanceId] });
  if (all.length === 0) throw new Told(`EC2 lists no network interface of ${instanceId}.`);
  const own = all.filter((each) => !ownerOf(each));
  const ofDrawbridge = await readOurs(aws, own.flatMap(groupsOf));
  return {
    gone: false,
    interfaces: own.map((each) => ({ vpc: vpcId, ...attachedOf(each, ofDrawbridge) })),
    notContained: all.flatMap(notContainedOf),
  };
};

/** EC2 lets nobody but the service change what a service has attached. */
const ownerOf = ({ Operator, RequesterManaged, RequesterId }: NetworkInterface) => {
  if (Operator?.Managed) return Operator.Principal ?? 'an AWS service';
  return RequesterManaged ? (RequesterId ?? 'an AWS service') : undefined;
};

const notContainedOf = (each: NetworkInterface): NotContained[] => {
  const { NetworkInterfaceId: id = '', InterfaceType } = each;
  const owner = ownerOf(each);
  if (owner)
    return [{ id, because: `It belongs to ${owner}, and only that service can change it.` }];
  // Pods with groups of their own have branch interfaces behind it, which are not attached to the instance.
  return InterfaceType === 'trunk'
    ? [{ id, because: 'It is a trunk, and its branch interfaces have groups of their own.' }]
    : [];
};

const groupsOf = ({ Groups = [] }: NetworkInterface): string[] =>
  Groups.flatMap(({ GroupId }) => GroupId ?? []);

type Ours = ReadonlyMap<string, 'shut' | 'open' | 'other'>;

/** Those of the groups that are Drawbridge's or look so. `shut` only where both hold, and no rule stands. */
const readOurs = async (aws: Aws, groupIds: readonly string[]): Promise<Ours> => {
  const Values = [...new Set(groupIds)];
  if (Values.length === 0) return new Map();
  const likely = (await listGroups(aws, { Name: 'group-id', Values })).filter(likelyPurposeOf);
  const quarantine = likely.filter((group) => purposeOf(group) === 'quarantine');
  const ids = quarantine.map(({ GroupId = '' }) => GroupId);
  const rules = ids.length > 0 ? await listRules(aws, ids) : [];
  const state = (group: SecurityGroup) => {
    if (likelyPurposeOf(group) === 'transition') return 'open';
    return quarantine.includes(group) && isShut(group, rules) ? 'shut' : 'other';
  };
  return new Map(likely.map((group) => [group.GroupId ?? '', state(group)]));
};

const attachedOf = (each: NetworkInterface, known: Ours): Omit<Attached, 'vpc'> => {
  const groups = groupsOf(each);
  const ours = groups.filter((id) => known.has(id));
  const noted = ours.length === 0 && each.TagSet?.some(({ Key }) => Key === noteTag);
  return {
    id: each.NetworkInterfaceId ?? '',
    // An instance may have interfaces in several VPCs, each with groups of its own.
    ...(each.VpcId && { vpc: each.VpcId }),
    groups,
    ours,
    contained: groups.length === 1 && groups.every((id) => known.get(id) === 'shut'),
    open: groups.some((id) => known.get(id) === 'open'),
    ...(noted && { noted }),
  };
};
