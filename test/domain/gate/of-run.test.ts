import { isOfRun } from '../../../src/domain/gate/of-run';
import { aFinding } from '../../support/builders';

const stage = 'drawbridge-gatestagebucket-1abc';
const run = 'gate-0mhz5k3q1abcdefghijk';
const about = (id: string, kind = 'AwsS3Object') => aFinding({ resources: [{ kind, id }] });

describe('a finding', () => {
  it.each(['aws', 'aws-us-gov'])('about a staged object is of its run (%s)', (partition) => {
    expect(isOfRun(about(`arn:${partition}:s3:::${stage}/${run}/000001/a\nb.csv`), stage)).toBe(
      true,
    );
  });

  it.each([
    ['in another bucket', `arn:aws:s3:::other/${run}/000001/a.csv`],
    ['in a bucket whose name only begins so', `arn:aws:s3:::${stage}-evil/${run}/000001/a.csv`],
    ['under a key of no run', `arn:aws:s3:::${stage}/upload/000001/a.csv`],
    ['under a key of a run, but in no batch', `arn:aws:s3:::${stage}/${run}/a.csv`],
    ['whose id is no ARN', `${stage}/${run}/000001/a.csv`],
  ])('about an object %s is not', (_, id) => {
    expect(isOfRun(about(id), stage)).toBe(false);
  });

  it('about the stage bucket itself is not', () => {
    expect(isOfRun(about(`arn:aws:s3:::${stage}`, 'AwsS3Bucket'), stage)).toBe(false);
  });
});
