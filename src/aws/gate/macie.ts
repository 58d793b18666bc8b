import {
  GetClassificationExportConfigurationCommand,
  type Macie2Client,
} from '@aws-sdk/client-macie2';
import type { S3Client } from '@aws-sdk/client-s3';
import type { GateMacie } from '../../app/gate/ports';
import { findingsOf } from './found';
import { cancel, createJob, lookAt, type Scan } from './job';
import { readResults, resultFiles } from './results';

/** Macie in the account and the Region of its client, with its results in a bucket of ours. */
export const gateMacie = (
  macie: Macie2Client,
  s3: S3Client,
  { resultsBucket, ...scan }: Scan & { resultsBucket: string },
): GateMacie => {
  const { account, stageBucket } = scan;
  /** Undefined where results go nowhere, or to a bucket that is not read here. */
  const exported = async (): Promise<string | undefined> => {
    const { configuration } = await macie.send(new GetClassificationExportConfigurationCommand({}));
    const { bucketName, keyPrefix = '' } = configuration?.s3Destination ?? {};
    if (bucketName !== resultsBucket) return undefined;
    return keyPrefix === '' || keyPrefix.endsWith('/') ? keyPrefix : `${keyPrefix}/`;
  };
  return {
    createJob: (run) => createJob(macie, scan, run),
    look: (job) => lookAt(macie, job),
    cancel: (job) => cancel(macie, job),
    findings: (job, next) => findingsOf(macie, stageBucket, job, next),
    async resultFiles(job, after) {
      const prefix = await exported();
      if (prefix === undefined)
        throw new Error(`Macie does not export its results to ${resultsBucket}`);
      const region = await macie.config.region();
      const folder = `${prefix}AWSLogs/${account}/Macie/${region}/${job}/`;
      return resultFiles(s3, resultsBucket, folder, after);
    },
    readResults: (file) => readResults(s3, resultsBucket, file, stageBucket),
    exportIsOn: async () => (await exported()) !== undefined,
  };
};
