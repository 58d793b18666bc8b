import * as z from 'zod/mini';
import type { Resource } from '../domain/finding';
import { AccountId, Region } from '../domain/ids';
import { anything, defined, identifier, limit, otherwise } from './text';

/** The parts of an ARN of any partition; all of them empty for text that is no ARN. */
export function arnOf(text = '') {
  const [arn, partition = '', service = '', region = '', account = '', ...rest] = text.split(':');
  return arn === 'arn' && rest.length > 0
    ? { partition, service, region, account, rest: rest.join(':') }
    : { partition: '', service: '', region: '', account: '', rest: '' };
}

/** The first that is a Region; `N/A`, `global` and other clouds' regions are none. */
export function regionOf(...candidates: unknown[]): Region | undefined {
  return firstOf(Region, candidates);
}

/** The first that is an account of AWS. */
export function accountOf(...candidates: unknown[]): AccountId | undefined {
  return firstOf(AccountId, candidates);
}

function firstOf<Schema extends z.core.$ZodType>(schema: Schema, candidates: unknown[]) {
  return candidates
    .map((candidate) => z.safeParse(schema, candidate).data)
    .find((data) => data !== undefined);
}

const RENAMED = new Map([
  ['ElasticLoadBalancing', 'Elb'],
  ['ElasticLoadBalancingV2', 'Elbv2'],
  ['OpenSearch', 'OpenSearchService'],
  ['StepFunctions', 'StepFunction'],
]);

/** The ASFF name of a resource type: `AWS::EC2::Instance` and `AWS_EC2_INSTANCE` are both `AwsEc2Instance`. */
export function kindOf(type: string | undefined): string {
  const given = limit(type?.trim() || 'Other', 128);
  if (given.includes('::')) {
    const parts = given.split('::').filter((part) => part !== '');
    return parts.map((part) => RENAMED.get(part) ?? capitals(part)).join('');
  }
  if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(given)) return given;
  return given
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');
}

/** ASFF writes acronyms as words: DBInstance → DbInstance, VPC → Vpc, WAFv2 → Wafv2. */
function capitals(word: string): string {
  return word.replace(
    /([A-Z])([A-Z]+)(?=[A-Z][a-z]|v?\d|$)/g,
    (_, first: string, rest: string) => first + rest.toLowerCase(),
  );
}

/** AWS's two ways to write tags, {key: value} and [{key|name, value}], as a record of at most 50. */
export const Tags = z.pipe(
  anything,
  z.transform((tags) => {
    const kept = (Array.isArray(tags) ? pairs(tags) : Object.entries(Plain.parse(tags))).filter(
      (tag): tag is [string, string] => tag[0] !== '__proto__' && typeof tag[1] === 'string',
    );
    return Object.fromEntries(
      kept.slice(0, 50).map(([key, value]) => [limit(key, 128), limit(value, 256)]),
    );
  }),
);

const Plain = otherwise(z.record(z.string(), z.unknown()), {});
const Pair = z.object({
  key: z.optional(z.string()),
  name: z.optional(z.string()),
  value: z.string(),
});

function pairs(items: unknown[]): [string, unknown][] {
  return items.flatMap((item) => {
    const { data } = Pair.safeParse(item);
    const key = data?.key ?? data?.name;
    return data === undefined || key === undefined ? [] : [[key, data.value] as [string, unknown]];
  });
}

interface Given {
  type?: string | undefined;
  id?: string | undefined;
  account?: string | undefined;
  region?: string | undefined;
  tags?: Record<string, string>;
}

/**
 * The resources that have an id, account and Region taken from the ARN where the source does not give them. An id that
 * is too long is left out, not cut: an S3 key and its ARN fit in 2,048 characters.
 */
export function resourcesOf(given: Given[]): Resource[] {
  return given.flatMap(({ type, id, account, region, tags = {} }) => {
    const known = identifier(id, 2048);
    if (known === undefined) return [];
    const arn = arnOf(known);
    const kind = kindOf(type);
    // ASFF writes AWS::::Account:111122223333, OCSF the bare number.
    const own = kind === 'AwsAccount' ? /(?<!\d)\d{12}$/.exec(known)?.[0] : undefined;
    const where = {
      account: accountOf(arn.account, own, account),
      region: regionOf(region, arn.region),
    };
    return [{ kind, id: known, tags, ...defined(where) }];
  });
}
