import { createHash } from 'node:crypto';
import { awsProductOf } from './products';
import { arnOf } from './resources';

/**
 * Which deliveries are the same finding:
 * - the same product and id. AWS's own product is taken by name, without its Region and without the `productv2` of
 *   Security Hub V2, if the id is an ARN with a Region: so a GuardDuty, Inspector or control finding has one key, whether
 *   it comes from the service, as ASFF or as OCSF. Other ids are unique only beside the Region of the product ARN.
 * - for any other product the whole product ARN counts: whoever may import findings must not be able to close or
 *   rewrite a finding of AWS by reusing its id.
 * - control ids are written in both cases by Security Hub, so its ARNs are compared in lower case.
 * - Access Analyzer's ASFF puts all grants of a resource into one finding, so the service's own findings stay apart.
 */
export function keyOf(productArn: string, id: string): string {
  const name = awsProductOf(productArn);
  const { region } = arnOf(productArn);
  const own = arnOf(id).region !== '' ? `aws/${name}` : `aws/${name}@${region}`;
  const product = name === undefined ? productArn : own;
  return hash(product, arnOf(id).service === 'securityhub' ? id.toLowerCase() : id);
}

/**
 * Macie gives each scan of an object a new id, so its sensitive-data findings are known by what they speak of: the
 * object, its content (eTag) and the type. Changed content is a new finding.
 */
export function keyOfSensitiveObject(objectArn: string, eTag: string, type: string): string {
  return hash('aws/macie', objectArn, eTag.replaceAll('"', ''), type);
}

/** The ARN of an AWS product in Security Hub, as BatchUpdateFindings wants it. */
export function productArnOf(
  name: string,
  { partition, region }: { partition?: string | undefined; region?: string | undefined },
): string | undefined {
  return partition && region
    ? `arn:${partition}:securityhub:${region}::product/aws/${name}`
    : undefined;
}

function hash(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
