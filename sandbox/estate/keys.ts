import {
  CreateAliasCommand,
  CreateKeyCommand,
  EnableKeyRotationCommand,
  KMSClient,
} from '@aws-sdk/client-kms';

import type { ClientSettings } from '../stack';
import { ownedBy } from './tags';

export interface Keys {
  /** By alias: customer-managed keys that are never rotated. */
  readonly still: Readonly<Record<string, string>>;
  /** One that is. */
  readonly rotated: string;
}

// More than three of a kind: Drawbridge gathers the others on one card.
const still = ['orders', 'invoices', 'backups', 'exports', 'reports', 'sessions', 'mail', 'search'];

export const createKeys = async (settings: ClientSettings): Promise<Keys> => {
  const kms = new KMSClient(settings);
  const create = async (name: string): Promise<string> => {
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({
        Description: `of ${name}`,
        Tags: Object.entries(ownedBy('orders-team')).map(([TagKey, TagValue]) => ({
          TagKey,
          TagValue,
        })),
      }),
    );
    const TargetKeyId = KeyMetadata?.KeyId ?? '';
    await kms.send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId }));
    return TargetKeyId;
  };
  const [rotated = '', ...others] = await Promise.all(['payments', ...still].map(create));
  await kms.send(new EnableKeyRotationCommand({ KeyId: rotated }));
  return { rotated, still: Object.fromEntries(still.map((name, i) => [name, others[i] ?? ''])) };
};
