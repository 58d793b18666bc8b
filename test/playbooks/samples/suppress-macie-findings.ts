import { Target } from '../../../src/domain/target';
import { criterionOf, nameOf } from '../../../src/operations/macie2/create-findings-filter';
import { account, aFinding, region } from '../../support/builders';
import { MemoryAws } from '../../support/memory-aws';
import { aFilter, memoryMacie } from '../../support/memory-macie';
import type { Worlds } from './worlds';

export const bucket = 'acme-exports';
export const key = 'hr/2026/people.csv';
export const type = 'SensitiveData:S3Object/Personal';
export const filter = { type, bucket, key };

export const aMacieFinding = (more: Parameters<typeof aFinding>[0] = {}) =>
  aFinding({
    source: 'macie',
    product: 'Macie',
    id: '5be50fce24526e670df77bc00ce48e71',
    control: undefined,
    type,
    resources: [
      { kind: 'AwsS3Object', id: `arn:aws:s3:::${bucket}/${key}` },
      { kind: 'AwsS3Bucket', id: `arn:aws:s3:::${bucket}` },
    ],
    ...more,
  });

export const suppressMacieFindings: Worlds = {
  target: Target.parse({ kind: 'AwsS3Bucket', id: bucket, account, region }),
  finding: aMacieFinding(),
  toChange: () => new MemoryAws(memoryMacie(new Map(), { findings: 7 })),
  compliant: () => {
    const findingCriteria = { criterion: criterionOf(filter) };
    return new MemoryAws(
      memoryMacie(new Map([['ours', aFilter({ name: nameOf(filter), findingCriteria })]])),
    );
  },
};
