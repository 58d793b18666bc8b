import * as z from 'zod/mini';
import type { Finding, Reading } from '../domain/finding';
import { controlOf } from './controls';
import { isSentHere } from './custom-action';
import type { Envelope } from './envelope';
import { keyOfSensitiveObject } from './key';
import { awsProductOf, nativeTypeOf, productNameOf } from './products';
import { arnOf, kindOf, regionOf, resourcesOf, Tags } from './resources';
import { readList, settle, type Outcome } from './settle';
import { fromAsff, fromWord } from './severity';
import { anything, flag, identifier, link, list, loose, number, otherwise, text } from './text';

const Severity = loose({ Label: text, Normalized: number, Original: text });

/** The fields of the AWS Security Finding Format that Drawbridge needs. */
const Asff = loose({
  Id: text,
  ProductArn: text,
  ProductName: text,
  Region: text,
  GeneratorId: text,
  AwsAccountId: text,
  Types: list(text),
  FirstObservedAt: anything,
  LastObservedAt: anything,
  CreatedAt: anything,
  UpdatedAt: anything,
  Title: text,
  Description: text,
  Severity,
  FindingProviderFields: loose({ Severity, Types: list(text) }),
  Remediation: loose({ Recommendation: loose({ Url: text }) }),
  ProductFields: otherwise(z.record(z.string(), z.unknown()), {}),
  Resources: list(
    loose({
      Type: text,
      Id: text,
      Region: text,
      Tags,
      Details: loose({ AwsS3Object: loose({ ETag: text }) }),
    }),
  ),
  Compliance: loose({ Status: text, SecurityControlId: text }),
  Workflow: loose({ Status: text }),
  RecordState: text,
  Sample: flag,
});
type Asff = z.infer<typeof Asff>;

/** Reads an event of Security Hub CSPM: all its findings, those that cannot be read as rejected. */
export const securityHub = (envelope: Envelope): Reading =>
  readList(envelope, readAsff, isSentHere(envelope) ? 'custom action' : 'import');

function readAsff(raw: unknown, envelope: Envelope): Outcome {
  const asff = Asff.parse(raw);
  const productArn = identifier(asff.ProductArn);
  const product = awsProductOf(productArn);
  const type = nativeTypeOf(product, [...asff.Types, ...asff.FindingProviderFields.Types]);
  const field = (name: string) => text.parse(asff.ProductFields[name]);
  return settle(
    {
      source: 'security-hub',
      product: productNameOf(asff.ProductName, product, productArn, field),
      productArn,
      id: asff.Id,
      key: keyOfMacieCopy(asff, product, type),
      type,
      control: controlOf({
        securityControlId: asff.Compliance.SecurityControlId,
        idInStandard: field('ControlId') ?? field('RuleId'),
        paths: [asff.GeneratorId, asff.Id],
      }),
      title: asff.Title,
      description: asff.Description,
      severity: severityOf(asff, field),
      account: asff.AwsAccountId,
      region: regionOf(asff.Region, arnOf(productArn).region, asff.Resources[0]?.Region),
      resources: resourcesOf(
        asff.Resources.map(({ Type, Id, Region, Tags }) => ({
          type: Type,
          id: Id,
          region: Region,
          tags: Tags,
        })),
      ),
      record: asff.RecordState?.toUpperCase() === 'ARCHIVED' ? 'archived' : 'active',
      workflow: workflows.get(asff.Workflow.Status?.toUpperCase()) ?? 'new',
      compliance: complianceOf(asff.Compliance.Status),
      firstSeen: [asff.FirstObservedAt, asff.CreatedAt],
      updated: [asff.UpdatedAt, asff.LastObservedAt, asff.CreatedAt],
      sample: asff.Sample || field('aws/guardduty/service/additionalInfo/sample') === 'true',
      reference: link(asff.Remediation.Recommendation.Url) ?? link(field('RecommendationUrl')),
    },
    raw,
    envelope,
    productArn === undefined ? ['its ProductArn is missing'] : [],
  );
}

/** Findings of 2019 have no Label; importers may fill FindingProviderFields only, or their own word alone. */
function severityOf(asff: Asff, field: (name: string) => string | undefined): Finding['severity'] {
  const provider = asff.FindingProviderFields.Severity;
  const words = [provider.Original, asff.Severity.Original, field('aws/securityhub/SeverityLabel')];
  const Label = words.find((word) => fromWord(word) !== undefined);
  return fromAsff(asff.Severity, provider, { Label });
}

/** Macie's ASFF names bucket and object; the eTag of the object makes it the same finding as the service's own event. */
function keyOfMacieCopy(asff: Asff, product: string | undefined, type = ''): string | undefined {
  if (product !== 'macie' || !type.startsWith('SensitiveData:')) return undefined;
  const object = asff.Resources.find(({ Type }) => kindOf(Type) === 'AwsS3Object');
  const eTag = object?.Details.AwsS3Object.ETag;
  return object?.Id && eTag ? keyOfSensitiveObject(object.Id, eTag, type) : undefined;
}

const workflows = new Map<string | undefined, Finding['workflow']>([
  ['NOTIFIED', 'notified'],
  ['RESOLVED', 'resolved'],
  ['SUPPRESSED', 'suppressed'],
]);

/** A status that we do not know is `not-available`: never taken for a passed check. */
function complianceOf(status: string | undefined): Finding['compliance'] {
  if (status === undefined) return undefined;
  const known = (['passed', 'failed', 'warning'] as const).find(
    (word) => word === status.toLowerCase(),
  );
  return known ?? 'not-available';
}
