import { Fault } from '../http/fault';
import { textOf, valuesAt } from '../paths';
import type { Criteria, MacieFinding } from './state';

const plain = 'accountId archived category count createdAt id region sample type updatedAt title';
const details = 'jobId jobArn originType detailedResultsLocation result.mimeType';
const result =
  'status.code sensitiveData.category sensitiveData.detections.type sensitiveData.detections.count sensitiveData.totalCount additionalOccurrences customDataIdentifiers.detections.arn customDataIdentifiers.detections.name customDataIdentifiers.detections.count customDataIdentifiers.totalCount sizeClassified';
const bucket =
  'name arn createdAt owner.displayName owner.id publicAccess.effectivePermission defaultServerSideEncryption.encryptionType defaultServerSideEncryption.kmsMasterKeyId allowsUnencryptedObjectUploads tags.key tags.value';
const object =
  'bucketArn eTag extension key lastModified path publicAccess serverSideEncryption.encryptionType serverSideEncryption.kmsMasterKeyId size storageClass tags.key tags.value versionId';
const policy =
  'action.actionType action.apiCallDetails.api action.apiCallDetails.apiServiceName action.apiCallDetails.firstSeen action.apiCallDetails.lastSeen actor.ipAddressDetails.ipAddressV4 actor.userIdentity.type actor.domainDetails.domainName';

const under = (prefix: string, names: string): string[] =>
  names.split(' ').map((name) => `${prefix}${name}`);

/** Fields a criterion or a sort may name. */
export const knownFields: ReadonlySet<string> = new Set([
  ...under('', plain),
  'severity.description',
  'severity.score',
  'resourcesAffected',
  ...under('classificationDetails.', details),
  ...under('classificationDetails.result.', result),
  ...under('resourcesAffected.s3Bucket.', bucket),
  ...under('resourcesAffected.s3Object.', object),
  ...under('policyDetails.', policy),
]);

/** A mistyped field would otherwise match nothing and look like "clean". */
export function checkCriteria(criteria: Criteria): void {
  for (const [field, operators] of Object.entries(criteria)) {
    if (!knownFields.has(field)) throw new Fault('ValidationException', `Unknown field ${field}`);
    if (Object.keys(operators).length === 0) {
      throw new Fault('ValidationException', `${field} has no operator`);
    }
  }
}

/** Dates compare as milliseconds since 1970, the way the API takes them. */
function numeric(value: unknown): number {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
    ? Date.parse(value)
    : Number(value);
}

/** All fields must hold; on a field with several values (categories, tags) one of them is enough. */
export function meets(finding: MacieFinding, criteria: Criteria): boolean {
  return Object.entries(criteria).every(([field, operators]) => {
    const values = valuesAt(finding, field);
    const texts = values.map(textOf);
    const numbers = values.map(numeric);
    const { eq, neq, eqExactMatch, gt, gte, lt, lte } = operators;
    const some = (limit: number | undefined, test: (value: number, limit: number) => boolean) =>
      limit === undefined || numbers.some((value) => test(value, limit));
    return (
      (!eq || eq.some((wanted) => texts.includes(wanted))) &&
      (!neq || !neq.some((unwanted) => texts.includes(unwanted))) &&
      // All of the field's values, no more and no less.
      (!eqExactMatch ||
        (eqExactMatch.length === new Set(texts).size &&
          eqExactMatch.every((wanted) => texts.includes(wanted)))) &&
      some(gt, (value, limit) => value > limit) &&
      some(gte, (value, limit) => value >= limit) &&
      some(lt, (value, limit) => value < limit) &&
      some(lte, (value, limit) => value <= limit)
    );
  });
}
