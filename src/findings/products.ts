import { arnOf } from './resources';

const NAMES = new Map([
  ['securityhub', 'Security Hub'],
  ['guardduty', 'GuardDuty'],
  ['macie', 'Macie'],
  ['inspector', 'Inspector'],
  ['access-analyzer', 'IAM Access Analyzer'],
]);

/** `guardduty` of `arn:aws:securityhub:eu-west-1::product/aws/guardduty`; nothing if the product is not AWS's own. */
export function awsProductOf(productArn: string | undefined): string | undefined {
  const { service, account, rest } = arnOf(productArn);
  if (service !== 'securityhub' || account !== '') return undefined;
  return /^product(?:v2)?\/aws\/([\w-]+)$/.exec(rest)?.[1];
}

/**
 * The product as people know it. AWS's products are named by their ARN, which importers cannot choose; others name
 * themselves in one of several places, and `Default` is only what Security Hub calls the nameless.
 */
export function productNameOf(
  name: string | undefined,
  awsProduct: string | undefined,
  productArn = 'unknown',
  field: (name: string) => string | undefined = () => undefined,
): string {
  const known = NAMES.get(awsProduct ?? '');
  if (known !== undefined) return known;
  const hub = [name, field('aws/securityhub/ProductName')].filter((word) => word !== 'Default');
  const own = ['ProviderName', 'ProductName', 'Product Name'].map(field);
  return (
    [...hub, ...own].find((word) => word) ?? arnOf(productArn).rest.split('/').slice(1).join('/')
  );
}

/**
 * The finding type: GuardDuty's and Macie's are given as the services write them, although ASFF puts namespaces before
 * them and a hyphen for the slash (`TTPs/Discovery/Recon:EC2-Portscan`); any other product's is its first.
 */
export function nativeTypeOf(
  awsProduct: string | undefined,
  types: (string | undefined)[],
): string | undefined {
  const given = types.flatMap((type) => (type ? [type] : []));
  if (awsProduct !== 'guardduty' && awsProduct !== 'macie') return given[0];
  const match = given
    .map((type) => /(?:^|\/)([A-Za-z]{1,64}:[A-Za-z0-9]{1,64})[-/](.+)$/s.exec(type))
    .find((found) => found !== null);
  return match ? `${match[1]}/${match[2]}` : given[0];
}
