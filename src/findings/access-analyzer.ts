import * as z from 'zod/mini';
import type { Finding } from '../domain/finding';
import type { Envelope } from './envelope';
import { arnOf, regionOf, resourcesOf } from './resources';
import { settle, type Outcome } from './settle';
import { anything, flag, list, loose, number, otherwise, text } from './text';

/** The fields of an Access Analyzer finding (external, internal or unused access) that Drawbridge needs. */
const Access = loose({
  id: text,
  findingId: text,
  findingType: text,
  accountId: text,
  region: text,
  resource: text,
  resourceType: text,
  isPublic: flag,
  accessType: text,
  principal: otherwise(z.record(z.string(), text), {}),
  principalOwnerAccount: text,
  action: list(text),
  numberOfUnusedServices: number,
  numberOfUnusedActions: number,
  error: text,
  status: text,
  isDeleted: flag,
  createdAt: anything,
  updatedAt: anything,
  analyzedAt: anything,
});
type Access = z.infer<typeof Access>;

/** Reads an external access finding: somebody outside the zone of trust can use the resource. */
export function externalAccess(raw: unknown, envelope: Envelope): Outcome {
  const access = Access.parse(raw);
  const who = principalOf(access);
  const outside = access.isPublic ? 'anybody' : (who ?? 'somebody outside');
  return settleAccess(raw, envelope, {
    access,
    type: 'ExternalAccess',
    severity: access.isPublic ? 'high' : who === undefined ? 'low' : 'medium',
    title: (resource) => `${resource} can be used by ${outside}`,
  });
}

/** Reads an internal access finding: a principal of the organization can use a resource that is watched. */
export function internalAccess(raw: unknown, envelope: Envelope): Outcome {
  const access = Access.parse(raw);
  const owner = access.principalOwnerAccount ?? access.accountId;
  const crosses = access.accessType === 'INTRA_ORG' || owner !== access.accountId;
  return settleAccess(raw, envelope, {
    access,
    type: 'InternalAccess',
    severity: crosses ? 'medium' : 'low',
    title: (resource) =>
      `${resource} can be used by ${principalOf(access) ?? 'a principal inside'}`,
  });
}

/** Reads an unused access finding: a role, user, key, password or permission that nobody uses. */
export function unusedAccess(raw: unknown, envelope: Envelope): Outcome {
  const access = Access.parse(raw);
  const type = access.findingType ?? 'UnusedAccess';
  const words = type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(/\bIAM(?=[A-Z])/g, 'IAM ');
  return settleAccess(raw, envelope, {
    access,
    type,
    severity: 'low',
    title: (resource) => `${words}: ${resource}`,
  });
}

interface Told extends Pick<Finding, 'type' | 'severity'> {
  access: Access;
  title: (resource: string) => string;
}

/**
 * The source has no title, description or severity: they are derived. Its ids are not those of its ASFF copies, so
 * there is no product ARN with which Security Hub could be told.
 */
function settleAccess(
  raw: unknown,
  envelope: Envelope,
  { access, type, severity, title }: Told,
): Outcome {
  const { rest } = arnOf(access.resource);
  const resource = `${access.resourceType ?? 'Resource'} ${rest || access.resource}`;
  const failed = `${resource} could not be analyzed (${access.error})`;
  return settle(
    {
      source: 'access-analyzer',
      product: 'IAM Access Analyzer',
      productArn: undefined,
      id: access.id ?? access.findingId,
      type,
      title: access.error === undefined ? title(resource) : failed,
      description: factsOf(access),
      severity,
      account: access.accountId,
      region: regionOf(access.region, arnOf(envelope.resources[0]).region, envelope.region),
      resources: resourcesOf([{ type: access.resourceType, id: access.resource }]),
      ...stateOf(access),
      firstSeen: [access.createdAt],
      updated: [access.updatedAt, access.analyzedAt],
      sample: false,
    },
    raw,
    envelope,
  );
}

function principalOf({ principal }: Access): string | undefined {
  return Object.values(principal).find((name) => name !== undefined);
}

function factsOf(access: Access): string {
  const actions = access.action.filter((action) => action !== undefined);
  return [
    actions.length > 0 ? `Actions: ${actions.join(', ')}.` : '',
    access.numberOfUnusedServices === undefined
      ? ''
      : `Unused services: ${access.numberOfUnusedServices}.`,
    access.numberOfUnusedActions === undefined
      ? ''
      : `Unused actions: ${access.numberOfUnusedActions}.`,
  ]
    .filter((fact) => fact !== '')
    .join(' ');
}

/** A deleted resource leaves the status as it was. */
function stateOf({ status, isDeleted }: Access): Pick<Finding, 'record' | 'workflow'> {
  if (isDeleted || status === 'RESOLVED') return { record: 'archived', workflow: 'resolved' };
  return status === 'ARCHIVED'
    ? { record: 'archived', workflow: 'suppressed' }
    : { record: 'active', workflow: 'new' };
}
