import {
  GetFindingsCommand,
  ListFindingsCommand,
  type Finding,
  type Macie2Client,
} from '@aws-sdk/client-macie2';
import type { Found } from '../../domain/gate/verdict';
import { detectedIn, severityOf } from './detected';
import { bareEtag } from './versions';

/** GetFindings takes no more. */
const perPage = 50;

/** Undefined where it speaks of another bucket (D4). */
const foundIn = (finding: Finding, stageBucket: string): Found | undefined => {
  const { id, archived, severity, classificationDetails, resourcesAffected } = finding;
  const { s3Bucket, s3Object } = resourcesAffected ?? {};
  if (!id || !s3Bucket?.name || s3Object?.key === undefined)
    throw new Error(`the finding ${id ?? 'without an id'} names no object`);
  if (s3Bucket.name !== stageBucket) return undefined;
  return {
    id,
    staged: s3Object.key,
    ...(s3Object.versionId && { versionId: s3Object.versionId }),
    ...(s3Object.eTag && { etag: bareEtag(s3Object.eTag) }),
    severity: severityOf(severity),
    archived: archived === true,
    detected: detectedIn(classificationDetails?.result ?? {}),
  };
};

/** First the active ones, then the archived: one that is archived in between comes twice, none never (D4). */
const phases = ['false', 'true'] as const;

/**
 * One page. Which of the two phases it is in stands before Macie's own token: `true:…`. A page may be empty and have a next one.
 */
export const findingsOf = async (
  macie: Macie2Client,
  stageBucket: string,
  job: string,
  next = 'false:',
): Promise<{ found: Found[]; next?: string }> => {
  const [archived = '', ...rest] = next.split(':');
  const nextToken = rest.join(':');
  const listed = await macie.send(
    new ListFindingsCommand({
      findingCriteria: {
        criterion: {
          'classificationDetails.jobId': { eq: [job] },
          archived: { eq: [archived] },
        },
      },
      sortCriteria: { attributeName: 'createdAt', orderBy: 'ASC' },
      maxResults: perPage,
      ...(nextToken && { nextToken }),
    }),
  );
  const findings = await read(macie, listed.findingIds ?? []);
  const found = findings.flatMap((each) => foundIn(each, stageBucket) ?? []);
  if (listed.nextToken) return { found, next: `${archived}:${listed.nextToken}` };
  return archived === phases[0] ? { found, next: `${phases[1]}:` } : { found };
};

/** Macie leaves out in silence what it does not find; here that is no answer. */
const read = async (macie: Macie2Client, findingIds: string[]): Promise<Finding[]> => {
  if (findingIds.length === 0) return [];
  const { findings = [] } = await macie.send(new GetFindingsCommand({ findingIds }));
  if (findings.length < findingIds.length)
    throw new Error(`Macie gave ${findings.length} of ${findingIds.length} findings`);
  return findings;
};
