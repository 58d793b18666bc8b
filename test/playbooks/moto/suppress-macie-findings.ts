import {
  CreateSampleFindingsCommand,
  EnableMacieCommand,
  Macie2Client,
} from '@aws-sdk/client-macie2';
import { workloads } from '../../../sandbox/estate';
import { aMacieFinding } from '../samples/suppress-macie-findings';
import type { Seed } from './seed';
import { targetIn } from './target';

/** The bucket that Macie's own sample findings speak of. */
const Bucket = 'macie-sample-finding-bucket';
const type = 'Policy:IAMUser/S3BucketPublic';

export const suppressMacieFindings: Seed = async (settings) => {
  const macie = new Macie2Client(settings);
  await macie.send(new EnableMacieCommand({}));
  await macie.send(new CreateSampleFindingsCommand({ findingTypes: [type] }));
  const resources = [{ kind: 'AwsS3Bucket', id: `arn:aws:s3:::${Bucket}` }];
  return {
    target: targetIn('AwsS3Bucket', Bucket),
    finding: aMacieFinding({ type, account: workloads, region: 'us-east-1', resources }),
  };
};
