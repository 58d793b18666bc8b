import * as z from 'zod/mini';
import { AccountId, FindingKey, Region } from './ids';

/** One scale for all products, least to worst. The parsers map each product's own scale to it. */
export const severities = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

export const Source = z.enum([
  'security-hub',
  'security-hub-v2',
  'macie',
  'guardduty',
  'inspector',
  'access-analyzer',
]);
export type Source = z.infer<typeof Source>;

/**
 * A resource that a finding speaks of. `kind` is the ASFF type (`AwsEc2SecurityGroup`), whatever the source calls it;
 * `id` is an ARN where the source gives one, else the source's own words.
 */
export const Resource = z.object({
  kind: z.string(),
  id: z.string(),
  account: z.optional(AccountId),
  region: z.optional(Region),
  tags: z._default(z.record(z.string(), z.string()), {}),
});
export type Resource = z.infer<typeof Resource>;

/** One security observation, the same shape for every source. All text in it comes from outside and is never trusted. */
export const Finding = z.object({
  key: FindingKey,
  source: Source,
  /** The product that found it, as people know it: `Security Hub`, `GuardDuty`, `Prowler`, … */
  product: z.string(),
  /** The source's own id, and the product ARN: together what BatchUpdateFindings wants. */
  id: z.string(),
  productArn: z.optional(z.string()),
  /** Finding type of the source, e.g. `Recon:EC2/Portscan` or `SensitiveData:S3Object/Personal`. */
  type: z.string(),
  /** Consolidated control id, e.g. `EC2.13`, whichever standard reported it. */
  control: z.optional(z.string()),
  /** Id of the Macie job that found it. */
  job: z.optional(z.string()),
  title: z.string(),
  description: z.string(),
  severity: Severity,
  account: AccountId,
  region: z.optional(Region),
  resources: z.array(Resource),
  record: z.enum(['active', 'archived']),
  workflow: z.enum(['new', 'notified', 'resolved', 'suppressed']),
  compliance: z.optional(z.enum(['passed', 'failed', 'warning', 'not-available'])),
  /** ISO 8601, UTC. */
  firstSeenAt: z.string(),
  updatedAt: z.string(),
  sample: z.boolean(),
  /** Where a person reads on: the vendor's remediation page. Shown only if it is https. */
  reference: z.optional(z.string()),
});
export type Finding = z.infer<typeof Finding>;

/** Security Hub knows it, in either of its forms: its workflow is read and written there. */
export const isInHub = ({ source, productArn }: Finding): boolean =>
  (source === 'security-hub' || source === 'security-hub-v2') && productArn !== undefined;

/** Control and title, as people name a finding in a list; titles of single standards begin with the control already. */
export const nameOf = ({ control, title }: Finding): string =>
  control === undefined || title.startsWith(`${control} `) ? title : `${control} ${title}`;

/** What a raw event turned out to be. `rejected` are parts that look like findings and cannot be read. */
export type Reading =
  | {
      kind: 'findings';
      findings: Finding[];
      rejected: Rejection[];
      via: 'import' | 'custom action';
    }
  | { kind: 'not a finding'; because: string }
  | { kind: 'unreadable'; because: string };

export interface Rejection {
  because: string;
  /** JSON text of the part, cut to 2,000 characters. */
  raw: string;
}
