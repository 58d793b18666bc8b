import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Call } from '../http/call';
import { Fault } from '../http/fault';
import { Regional } from '../regional';
import type { World } from '../world';

export interface StoredFinding {
  finding: AwsSecurityFinding;
  /** Top-level fields a customer has set: the provider's next import leaves these alone. */
  customerSet: Set<string>;
  /** V2 keeps a comment beside the finding; ASFF has no place for it. */
  comment?: string;
}

export interface Hub {
  arn: string;
  subscribedAt: string;
  controlFindingGenerator: 'STANDARD_CONTROL' | 'SECURITY_CONTROL';
}

export interface ActionTarget {
  ActionTargetArn: string;
  Name: string;
  Description: string;
}

interface Enrolment {
  hub: Hub | undefined;
  v2: boolean;
  actionTargets: Map<string, ActionTarget>;
}

export interface SecurityHubState {
  enrolments: Regional<Enrolment>;
  /** By region, then by `keyOf`: one store, because the administrator sees what its members see. */
  findings: Map<string, Map<string, StoredFinding>>;
  /** Where the findings of all other Regions are known too, once somebody has asked for it. */
  aggregationRegion?: string;
}

export function emptySecurityHub(): SecurityHubState {
  const make = (): Enrolment => ({ hub: undefined, v2: false, actionTargets: new Map() });
  return { enrolments: new Regional(make), findings: new Map() };
}

/** What identifies a finding everywhere, and what its event carries in `resources`. */
export function keyOf(id: { ProductArn?: string | undefined; Id?: string | undefined }): string {
  return `${id.ProductArn}/${id.Id}`;
}

export function findingsIn(world: World, region: string): Map<string, StoredFinding> {
  const store = world.securityHub.findings.get(region) ?? new Map<string, StoredFinding>();
  world.securityHub.findings.set(region, store);
  return store;
}

/** A member sees its own findings, the administrator everybody's. */
export function mayTouch(call: Call, stored: StoredFinding): boolean {
  return call.account === call.world.defaultAccount || stored.finding.AwsAccountId === call.account;
}

/** Every V1 operation of an account without Security Hub ends here. */
export function requireHub(call: Call): Hub {
  const { hub } = call.world.securityHub.enrolments.of(call);
  if (!hub) {
    const message = `Account ${call.account} is not subscribed to AWS Security Hub`;
    throw new Fault('InvalidAccessException', message);
  }
  return hub;
}
