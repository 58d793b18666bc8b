import {
  EnableMacieCommand,
  Macie2Client,
  PutClassificationExportConfigurationCommand,
  UpdateRevealConfigurationCommand,
} from '@aws-sdk/client-macie2';

import { asAccount } from '../stack';
import { botAccount } from './accounts';

/**
 * What docs/gate.md asks of an operator after the deployment: Macie on, its results exported to the gate's bucket under
 * the gate's key, and samples revealed to those who may ask for them.
 */
export const openGate = async (
  endpoint: string,
  outputs: Readonly<Record<string, string>>,
): Promise<void> => {
  const { GateResultsBucketName: bucketName, GateKeyArn: kmsKeyArn } = outputs;
  if (!bucketName || !kmsKeyArn) throw new Error('The stack has no bucket for Macie’s results');
  const macie = new Macie2Client(asAccount(endpoint, botAccount));
  await macie.send(new EnableMacieCommand({}));
  const s3Destination = { bucketName, keyPrefix: 'macie/', kmsKeyArn };
  await macie.send(
    new PutClassificationExportConfigurationCommand({ configuration: { s3Destination } }),
  );
  await macie.send(
    new UpdateRevealConfigurationCommand({
      configuration: { status: 'ENABLED', kmsKeyId: kmsKeyArn },
      retrievalConfiguration: { retrievalMode: 'CALLER_CREDENTIALS' },
    }),
  );
};
