import type { Aws } from '../aws';
import type { Reversible } from '../operation';

/** `periodDays` is the period that the key had before; KMS takes 365 days where none is given. */
export type EnableKeyRotation = { readonly keyId: string; readonly periodDays?: number };

export type KeyRotation = { readonly enabled: boolean; readonly periodDays?: number };

/** Automatic rotation of a symmetric customer key. The key's id and its old material stay. */
export const enableKeyRotation: Reversible<EnableKeyRotation, KeyRotation> = {
  kind: 'kms.enable-key-rotation',
  describe: ({ keyId, periodDays = 365 }) =>
    `Turn on rotation of KMS key ${keyId} every ${periodDays} days`,
  read: (aws, { keyId }) => readRotation(aws, keyId),
  holds: ({ enabled }) => enabled,
  async apply(aws, { keyId, periodDays }, now) {
    if (now.enabled) return;
    await aws.call('kms:EnableKeyRotation', {
      KeyId: keyId,
      ...(periodDays !== undefined && { RotationPeriodInDays: periodDays }),
    });
  },
  async undo(aws, { keyId }, before, now) {
    if (before.enabled || !now.enabled) return;
    await aws.call('kms:DisableKeyRotation', { KeyId: keyId });
  },
  restored: ({ enabled }, _, before) => before.enabled || !enabled,
  drift: (after, now) => {
    if (after.enabled !== now.enabled)
      return [`rotation was turned ${now.enabled ? 'on' : 'off'} since`];
    return after.periodDays === now.periodDays
      ? []
      : [`rotation period became ${now.periodDays ?? 'unknown'} days since`];
  },
  permissions: {
    read: ['kms:GetKeyRotationStatus'],
    apply: ['kms:EnableKeyRotation'],
    undo: ['kms:DisableKeyRotation'],
  },
};

export const readRotation = async (aws: Aws, keyId: string): Promise<KeyRotation> => {
  const { KeyRotationEnabled, RotationPeriodInDays: days } = await aws.call(
    'kms:GetKeyRotationStatus',
    { KeyId: keyId },
  );
  return { enabled: KeyRotationEnabled === true, ...(days !== undefined && { periodDays: days }) };
};
