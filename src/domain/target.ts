import * as z from 'zod/mini';
import type { Finding, Resource } from './finding';
import { AccountId, Region } from './ids';

/**
 * The one thing that a remediation changes. `id` is the service's own id (`sg-…`), not an ARN; of a Lambda function it is
 * `name` or `name:qualifier`, since each alias and version has a policy of its own; of an object `bucket/key`.
 */
export const Target = z.object({
  kind: z.string(),
  id: z.string(),
  account: AccountId,
  region: Region,
});
export type Target = z.infer<typeof Target>;

/** Where a playbook may act on this resource: nothing, unless its account and region are known for certain. */
export const targetOf = (finding: Finding, resource: Resource): Target | undefined => {
  const account = resource.account ?? finding.account;
  const region = resource.region ?? finding.region;
  const id = idOf(resource);
  return region && id ? { kind: resource.kind, id, account, region } : undefined;
};

const idOf = (resource: Resource): string | undefined =>
  resource.kind === 'AwsS3Object'
    ? objectOf(resource.id)
    : (functionOf(resource) ?? aliasOf(resource.id) ?? resource.id.split(/[/:]/).at(-1));

/** A key may hold anything, slashes and colons too, so no part of it is its name. */
const objectOf = (id: string): string | undefined => /^arn:[^:]*:s3:::([^/]+\/.+)$/s.exec(id)?.[1];

/** KMS knows an alias by its whole name, `alias/team/key`. */
const aliasOf = (id: string): string | undefined =>
  /^arn:[^:]*:kms:[^:]*:[^:]*:(alias\/.+)$/.exec(id)?.[1];

/** Whether the finding has an ARN, a part of one, or `name:qualifier` alone. */
const functionOf = ({ kind, id }: Resource): string | undefined =>
  kind === 'AwsLambdaFunction'
    ? /^(?:(?:arn:.*?:|\d{12}:)?function:)?([\w-]+(?::[\w-]+)?)(?::\$LATEST)?$/.exec(id)?.[1]
    : undefined;

/** One open remediation per playbook and target (law 5): this text is what collides. */
export const lockOf = (playbook: string, target: Target): string => {
  const { account, region, kind, id } = target;
  return `${playbook}#${account}#${isGlobal(playbook, kind) ? 'global' : region}#${kind}#${id}`;
};

/** IAM and S3's account settings have no Regions: the finding comes from each, and all speak of one user, role or account. */
const isGlobal = (playbook: string, kind: string): boolean => {
  const service = playbook.split('-')[1];
  return (
    kind.startsWith('AwsIam') || service === 'iam' || (service === 's3' && kind === 'AwsAccount')
  );
};
