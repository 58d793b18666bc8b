import { s3Error } from '../../support/memory-s3-bucket';
import { aGate, buckets, listedAsCopies, mark } from './buckets';

const tags = { [mark]: 'gate-0000000000.000001-0000' };

describe('a copy that S3 does not give', () => {
  it.each([
    ['AccessDenied', 403, 'no permission'],
    ['KMS.DisabledException', 400, 'its KMS key is not usable'],
    ['KMS.NotFoundException', 400, 'its KMS key is not usable'],
    ['InvalidObjectState', 403, 'its storage class is an archive'],
    ['KeyTooLongError', 400, 'its key is too long'],
    ['InvalidURI', 400, 'InvalidURI from S3'],
  ])('is refused in words: %s', async (name, status, because) => {
    const { objects, raw, s3 } = aGate();
    for (const key of ['a', 'b']) raw.put(key, 'x');
    s3.fail('CopyObject', s3Error(name, status), { of: ({ Key }) => String(Key).endsWith('/a') });

    const copied = await objects.copy('raw', 'stage', await listedAsCopies(objects), false);

    expect(copied).toMatchObject([
      { kind: 'refused', because: `${because} (${name})` },
      { kind: 'copied' },
    ]);
  });

  it.each(['GLACIER', 'DEEP_ARCHIVE'])(
    'is refused without asking where it is in %s',
    async (storageClass) => {
      const { objects, raw, s3 } = aGate();
      raw.put('a', 'x', { storageClass });

      const copied = await objects.copy('raw', 'stage', await listedAsCopies(objects), false);

      expect(copied).toEqual([
        { kind: 'refused', because: `its storage class is ${storageClass}` },
      ]);
      expect(s3.count('CopyObject')).toBe(0);
    },
  );

  it.each([
    ['SlowDown', 503],
    ['ThrottlingException', 400],
    ['InternalError', 200],
    ['InternalError', 500],
    ['KMS.KMSInternalException', 500],
    ['KMS.ThrottlingException', 400],
    ['RequestTimeout', 400],
    ['ExpiredToken', 400],
    ['OperationAborted', 409],
    ['NoSuchBucket', 404],
    ['ECONNRESET', 0],
  ])('throws where trying again may help: %s %i', async (name, status) => {
    const { objects, raw, s3 } = aGate();
    raw.put('a', 'x');
    const error = s3Error(name, status);
    s3.fail('CopyObject', error);

    await expect(objects.copy('raw', 'stage', await listedAsCopies(objects), false)).rejects.toBe(
      error,
    );
  });

  it('leaves nothing running behind it when it throws', async () => {
    const { objects, raw, s3 } = aGate();
    for (let at = 0; at < 200; at += 1) raw.put(`k${String(at).padStart(3, '0')}`, 'x');
    const copies = await listedAsCopies(objects);
    s3.fail('CopyObject', s3Error('SlowDown', 503));

    await expect(objects.copy('raw', 'stage', copies, false)).rejects.toThrow('SlowDown');

    const made = s3.count('CopyObject');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(s3.count('CopyObject')).toBe(made);
    expect(made).toBeLessThan(200);
  });

  it('D28: a tagged source asks for rights that are declared, and its tags are read by version', async () => {
    const { objects, raw, s3 } = aGate();
    raw.put('a', 'x', { tags: { owner: 'sales' } });
    s3.fail('GetObjectTagging', s3Error('AccessDenied', 403));

    const copied = await objects.copy(
      'raw',
      'stage',
      await listedAsCopies(objects, { tags }),
      false,
    );

    expect(copied).toEqual([{ kind: 'refused', because: 'no permission (AccessDenied)' }]);
    expect(s3.calls).toContainEqual({
      name: 'GetObjectTagging',
      input: { Bucket: buckets.raw, Key: 'a', VersionId: 'v00000001' },
    });
  });
});
