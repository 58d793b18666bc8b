import { enableKeyRotation, readRotation } from '../../src/operations/kms/enable-key-rotation';
import { MemoryKms } from '../support/memory-kms';

const keyId = '0a1b2c3d-0000-4444-8888-000000000001';
const run = 'rem-0000000000/0';

const aKey = (rotation?: number, metadata = {}) => {
  const kms = new MemoryKms();
  kms.key(keyId, metadata, { rotation });
  return kms;
};

describe('rotation', () => {
  it('is told with its period', () => {
    expect(enableKeyRotation.describe({ keyId })).toBe(
      `Turn on rotation of KMS key ${keyId} every 365 days`,
    );
    expect(enableKeyRotation.describe({ keyId, periodDays: 90 })).toMatch(/every 90 days$/);
  });

  it('is turned on with the period that the key had', async () => {
    const kms = aKey();

    await enableKeyRotation.apply(kms, { keyId, periodDays: 180 }, { enabled: false }, run);

    expect(await readRotation(kms, keyId)).toEqual({ enabled: true, periodDays: 180 });
  });

  it('that is on keeps its period', async () => {
    const kms = aKey(90);

    await enableKeyRotation.apply(kms, { keyId }, await readRotation(kms, keyId), run);

    expect(await readRotation(kms, keyId)).toEqual({ enabled: true, periodDays: 90 });
  });

  it('that KMS says nothing of is not taken for on (law 10)', async () => {
    const call = async () => ({ $metadata: {} });

    expect(await readRotation({ call }, keyId)).toEqual({ enabled: false });
  });

  it('that was on before is not turned off by the way back (law 7)', async () => {
    const kms = aKey(90);
    const before = { enabled: true, periodDays: 365 };

    await enableKeyRotation.undo(kms, { keyId }, before, await readRotation(kms, keyId));

    expect(kms.keys.get(keyId)?.rotation).toBe(90);
    expect(enableKeyRotation.restored({ enabled: false }, { keyId }, before)).toBe(true);
  });

  it('of a key that is disabled meanwhile cannot be taken back, in KMS’s words', async () => {
    const kms = aKey(365, { KeyState: 'Disabled' });

    await expect(
      enableKeyRotation.undo(kms, { keyId }, { enabled: false }, { enabled: true }),
    ).rejects.toThrow('DisabledException');
  });

  it('that others changed since is told', () => {
    const on = { enabled: true, periodDays: 365 };

    expect(enableKeyRotation.drift(on, { enabled: false })).toEqual([
      'rotation was turned off since',
    ]);
    expect(enableKeyRotation.drift({ enabled: false }, on)).toEqual([
      'rotation was turned on since',
    ]);
    expect(enableKeyRotation.drift(on, { enabled: true, periodDays: 90 })).toEqual([
      'rotation period became 90 days since',
    ]);
    expect(enableKeyRotation.drift(on, { enabled: true })).toEqual([
      'rotation period became unknown days since',
    ]);
  });
});
