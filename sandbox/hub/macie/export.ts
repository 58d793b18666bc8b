import type {
  GetClassificationExportConfigurationCommandOutput,
  PutClassificationExportConfigurationCommandOutput,
} from '@aws-sdk/client-macie2';
import { z } from 'zod';
import type { Answer, Call } from '../http/call';
import { parse } from '../http/parse';
import { requireMacie } from './state';

const PutRequest = z.object({
  configuration: z.object({
    s3Destination: z
      .object({
        bucketName: z.string().min(3),
        expectedBucketOwner: z.string().optional(),
        keyPrefix: z.string().optional(),
        kmsKeyArn: z.string().min(1),
      })
      .optional(),
  }),
});

/** Until this is called, jobs leave no proof of what they read. */
export function putClassificationExportConfiguration(
  call: Call,
): Answer<PutClassificationExportConfigurationCommandOutput> {
  const macie = requireMacie(call);
  macie.export = parse(PutRequest, call.body, 'ValidationException').configuration;
  return { configuration: macie.export };
}

export function getClassificationExportConfiguration(
  call: Call,
): Answer<GetClassificationExportConfigurationCommandOutput> {
  return { configuration: requireMacie(call).export };
}
