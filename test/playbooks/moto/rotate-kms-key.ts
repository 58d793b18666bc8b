import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Seed } from './seed';
import { targetIn } from './target';

export const rotateKmsKey: Seed = async (settings) => {
  const kms = new KMSClient(settings);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'orders' }));
  const TargetKeyId = KeyMetadata?.KeyId ?? '';
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId }));
  return { target: targetIn('AwsKmsKey', TargetKeyId), control: 'KMS.4' };
};
