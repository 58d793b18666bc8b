import { createHash } from 'node:crypto';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';

import { region as firstRegion, workloads } from './accounts';

export interface Facts {
  readonly id: string;
  /** `aws/securityhub`, `aws/guardduty`, `prowler/prowler`, … */
  readonly product: string;
  readonly generator: string;
  readonly title: string;
  readonly description: string;
  readonly severity: 'INFORMATIONAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
  readonly types: readonly string[];
  readonly resource: NonNullable<AwsSecurityFinding['Resources']>[number];
  /** Where it was found, if not where Security Hub's findings are brought together. */
  readonly region?: string;
  readonly more?: Partial<AwsSecurityFinding>;
}

/** An ASFF finding of the workloads account, first seen a while ago. */
export const asff = (facts: Facts, now: Date): AwsSecurityFinding => {
  const { region: Region = firstRegion } = facts;
  const earlier = new Date(now.getTime() - 3 * 3_600_000).toISOString();
  return {
    SchemaVersion: '2018-10-08',
    Id: facts.id,
    ProductArn: `arn:aws:securityhub:${Region}::product/${facts.product}`,
    GeneratorId: facts.generator,
    AwsAccountId: workloads,
    Types: [...facts.types],
    FirstObservedAt: earlier,
    CreatedAt: earlier,
    UpdatedAt: now.toISOString(),
    Severity: { Label: facts.severity },
    Title: facts.title,
    Description: facts.description,
    Resources: [{ Partition: 'aws', Region, ...facts.resource }],
    RecordState: 'ACTIVE',
    ...facts.more,
  };
};

const fsbp = 'aws-foundational-security-best-practices/v/1.0.0';

export interface ControlFacts extends Pick<
  Facts,
  'title' | 'description' | 'severity' | 'resource' | 'region'
> {
  readonly control: string;
  /** Made of control and resource where it is not given. */
  readonly uuid?: string;
}

const subscriptionOf = ({ region = firstRegion }: ControlFacts): string =>
  `arn:aws:securityhub:${region}:${workloads}`;

/** The same for the same control and resource, as AWS has it. */
const uuidOf = ({ control, resource, uuid }: ControlFacts): string =>
  uuid ??
  createHash('sha256')
    .update(`${control} ${resource.Id}`)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

const checks = 'Software and Configuration Checks/Industry and Regulatory Standards';

const failed = (control: string): Partial<AwsSecurityFinding> => ({
  ProductName: 'Security Hub',
  CompanyName: 'AWS',
  Remediation: {
    Recommendation: {
      Text: 'For information on how to correct this issue, consult the AWS Security Hub controls documentation.',
      Url: `https://docs.aws.amazon.com/console/securityhub/${control}/remediation`,
    },
  },
  Compliance: {
    Status: 'FAILED',
    SecurityControlId: control,
    AssociatedStandards: [{ StandardsId: `standards/${fsbp}` }],
  },
});

/** A failed control as hubs with consolidated control findings report it. */
export const consolidated = (facts: ControlFacts, now: Date): AwsSecurityFinding => {
  const { control } = facts;
  return asff(
    {
      ...facts,
      id: `${subscriptionOf(facts)}:security-control/${control}/finding/${uuidOf(facts)}`,
      product: 'aws/securityhub',
      generator: `security-control/${control}`,
      types: [checks],
      more: failed(control),
    },
    now,
  );
};

/** A failed control as one standard (FSBP) reports it in hubs without consolidation. */
export const perStandard = (facts: ControlFacts, now: Date): AwsSecurityFinding => {
  const { control } = facts;
  const subscription = subscriptionOf(facts);
  return asff(
    {
      ...facts,
      title: `${control} ${facts.title}`,
      id: `${subscription}:subscription/${fsbp}/${control}/finding/${uuidOf(facts)}`,
      product: 'aws/securityhub',
      generator: `${fsbp}/${control}`,
      types: [`${checks}/AWS-Foundational-Security-Best-Practices`],
      more: {
        ...failed(control),
        ProductFields: {
          StandardsArn: `arn:aws:securityhub:::standards/${fsbp}`,
          StandardsSubscriptionArn: `${subscription}:subscription/${fsbp}`,
          ControlId: control,
          StandardsControlArn: `${subscription}:control/${fsbp}/${control}`,
        },
      },
    },
    now,
  );
};
