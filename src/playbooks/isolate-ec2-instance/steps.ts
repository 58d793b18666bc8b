import type { Step } from '../../domain/plan';
import type { Target } from '../../domain/target';
import type { EnterStandby } from '../../operations/autoscaling/enter-standby';
import type { DetachProfile } from '../../operations/ec2/detach-profile';
import type { DisableMetadata } from '../../operations/ec2/disable-metadata';
import type { DisassociateAddresses } from '../../operations/ec2/disassociate-addresses';
import type { ProtectInstance } from '../../operations/ec2/protect-instance';
import type { StopInstance } from '../../operations/ec2/stop-instance';
import type { QuarantineInterfaces } from '../../operations/ec2/swap-groups';
import type { TagInstance } from '../../operations/ec2/tag-instance';
import type { DeregisterClassic } from '../../operations/elb/deregister-classic';
import type { DeregisterTargets } from '../../operations/elb/deregister-targets';
import { evidenceSteps, type Taking } from '../../operations/evidence/taking';
import type { DenyInstance } from '../../operations/iam/deny-instance';
import type { RevokeSessions } from '../../operations/iam/revoke-sessions';
import type { EndSessions } from '../../operations/ssm/end-sessions';
import { arnOf } from './arn';
import type { Found } from './read';
import { isolatedTag, roleTagKey } from './tags';

/** Seconds in which all interfaces are open to all: long enough that live flows are allowed by rules, and end with them. */
export const openFor = 10;

/** From these places of a group an instance can be taken out of its hands. */
export const canStandBy = (lifecycle: string): boolean =>
  /^(InService|Standby|EnteringStandby|Pending)/.test(lifecycle);

/**
 * In order: what keeps the evidence, the evidence from the most certain to the slowest, then containment. No part that
 * fails keeps the next from being tried: each is optional, and the end names what is missing.
 */
export const stepsFor = (facts: Found, target: Target, options: readonly string[]): Step[] => [
  ...protection(facts, target),
  ...evidence(facts, target, options),
  ...credentials(facts, target, options),
  ...traffic(facts, target),
  ...atWish(facts, target, options),
  tags(facts, target),
];

const protect = { phase: 'protect', optional: true } as const;
const contain = { phase: 'contain', optional: true } as const;

const protection = ({ spot, volumes, group }: Found, { id }: Target): Step[] => {
  const shield: ProtectInstance = { instanceId: id, spot, volumes };
  const standby = group && ({ instanceId: id, group: group.name } satisfies EnterStandby);
  return [
    { operation: 'ec2.protect-instance', input: shield, ...protect },
    ...(standby && canStandBy(group.lifecycle)
      ? [{ operation: 'autoscaling.enter-standby', input: standby, ...protect }]
      : []),
  ];
};

/** Whoever holds its credentials must not use them while the host is looked into. */
const evidence = (facts: Found, target: Target, options: readonly string[]): Step[] =>
  evidenceSteps(takingOf(facts, target, options), fence(facts, target));

export const takingOf = (
  { volumes, state, forensics }: Found,
  { id }: Target,
  options: readonly string[],
): Taking => ({
  instanceId: id,
  volumes,
  runs: state === 'running',
  shareWith: forensics,
  options,
});

const fence = ({ role }: Found, target: Target): Step[] =>
  role
    ? [{ operation: 'iam.deny-instance', input: denial(role.name, target, 'ssm'), ...protect }]
    : [];

/** Detached first: the other way round the metadata service could give credentials that are newer than the denial. */
const credentials = (
  { profile, role }: Found,
  target: Target,
  options: readonly string[],
): Step[] => {
  const own: DetachProfile & EndSessions = { instanceId: target.id };
  return [
    ...(profile ? [{ operation: 'ec2.detach-profile', input: own, ...contain }] : []),
    ...(role
      ? [
          {
            operation: 'iam.deny-instance',
            input: denial(role.name, target, 'nothing'),
            ...contain,
          },
        ]
      : []),
    ...(role && options.includes('sessions') ? [revocation(role.name, target)] : []),
    { operation: 'ssm.end-sessions', input: own, ...contain },
  ];
};

const revocation = (roleName: string, target: Target): Step => {
  const input: RevokeSessions = { roleName, instanceArn: arnOf(target) };
  return { operation: 'iam.revoke-sessions', input, ...contain };
};

const denial = (roleName: string, target: Target, wanted: DenyInstance['keep']): DenyInstance => ({
  roleName,
  instanceArn: arnOf(target),
  keep: wanted,
});

const traffic = ({ targetGroups, balancers, vpc }: Found, { id }: Target): Step[] => {
  const swap: QuarantineInterfaces = { instanceId: id, vpcId: vpc, waitSeconds: openFor };
  return [
    ...targetGroups.map(({ arn, targets }): Step => {
      const input: DeregisterTargets = { targetGroup: arn, targets };
      return { operation: 'elb.deregister-targets', input, ...contain };
    }),
    ...balancers.map((loadBalancer): Step => {
      const input: DeregisterClassic = { loadBalancer, instanceId: id };
      return { operation: 'elb.deregister-classic', input, ...contain };
    }),
    { operation: 'ec2.quarantine-interfaces', input: swap, ...contain },
  ];
};

const atWish = (facts: Found, { id }: Target, options: readonly string[]): Step[] => {
  const addresses: DisassociateAddresses = {
    instanceId: id,
    allocationIds: facts.addresses.map(({ allocation }) => allocation),
  };
  const service: DisableMetadata = { instanceId: id };
  const halt: StopInstance = {
    instanceId: id,
    hibernate: facts.canHibernate,
    // As the protection before leaves it: a Spot instance has none.
    stopProtection: !facts.spot,
  };
  return [
    ...(options.includes('addresses') && facts.addresses.length > 0
      ? [{ operation: 'ec2.disassociate-addresses', input: addresses, ...contain }]
      : []),
    ...(options.includes('metadata')
      ? [{ operation: 'ec2.disable-metadata', input: service, ...contain }]
      : []),
    ...(options.includes('stop')
      ? [{ operation: 'ec2.stop-instance', input: halt, ...contain }]
      : []),
  ];
};

/** Last: tags can be seen from inside, and things of others may start because of them. */
const tags = ({ role }: Found, { id }: Target): Step => {
  const input: TagInstance = {
    instanceId: id,
    tags: { [isolatedTag]: 'yes', ...(role && { [roleTagKey]: role.name }) },
  };
  return { operation: 'ec2.tag-instance', input, ...contain };
};
