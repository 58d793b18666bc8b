import fc from 'fast-check';
import { denyObjectRead } from '../../src/operations/s3/deny-object-read';
import { mostOfPolicy, withDenial } from '../../src/operations/s3/object-denial';
import { MemoryS3 } from '../support/memory-s3';
import { denial as input } from './samples/data';

const run = 'rem-0000000000/0';
const bucketWith = (policy?: string) => {
  const s3 = new MemoryS3();
  const bucket = s3.bucket(input.bucket, policy === undefined ? {} : { policy });
  const read = () => denyObjectRead.read(s3, input, run);
  return {
    s3,
    bucket,
    read,
    apply: async () => denyObjectRead.apply(s3, input, await read(), run),
    undo: async (before: Awaited<ReturnType<typeof read>>) =>
      denyObjectRead.undo(s3, input, before, await read()),
  };
};
const statementsIn = (text: string | undefined): { Sid?: string }[] =>
  (JSON.parse(text ?? '{"Statement":[]}') as { Statement: { Sid?: string }[] }).Statement;
const other = {
  Sid: 'Other',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: '*',
};

describe('the statement', () => {
  it('denies reading of this key alone, whoever has no ARN too, and nothing about the policy', async () => {
    const { bucket, apply } = bucketWith();

    await apply();

    const [ours] = statementsIn(bucket.policy);
    expect(ours).toEqual({
      Sid: expect.stringMatching(/^DrawbridgeQuarantine[0-9a-f]{16}$/),
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObject*',
      Resource: 'arn:aws:s3:::acme-exports/hr/2026/people.csv',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': input.except } },
    });
  });

  it('is ours however S3 writes it back', async () => {
    const { bucket, read } = bucketWith(withDenial(undefined, input));
    const listed = statementsIn(bucket.policy).map((each) => ({
      ...each,
      Action: ['s3:GetObject*'],
      Principal: { AWS: '*' },
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': input.except[0] } },
    }));
    bucket.policy = JSON.stringify({ Version: '2012-10-17', Statement: listed });

    expect((await read()).denial).toBe('ours');
  });

  it('that somebody rewrote is neither written over nor taken away', async () => {
    const rewritten = withDenial(undefined, input).replace('GetObject*', 'GetObject');
    const { bucket, read, apply, undo } = bucketWith(rewritten);

    await expect(apply()).rejects.toThrow(/says something else/);
    await undo({ denial: 'none', others: '' });

    expect(bucket.policy).toBe(rewritten);
    expect(denyObjectRead.restored(await read(), input, { denial: 'none', others: '' })).toBe(true);
  });
});

describe('what others wrote', () => {
  it('comes back word for word, whatever it is', async () => {
    const statement = fc.record({
      Sid: fc.string({ unit: 'grapheme' }),
      Effect: fc.constantFrom('Allow', 'Deny'),
      Principal: fc.constantFrom('*', { AWS: ['1', '2'] }),
      Action: fc.constantFrom('s3:*', ['s3:Get*']),
      Resource: fc.string(),
      Condition: fc.constantFrom({}, { Bool: { 'aws:SecureTransport': false } }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 4 }), async (Statement) => {
        const policy = JSON.stringify({ Version: '2008-10-17', Id: 'x', Statement });
        const { bucket, read, apply, undo } = bucketWith(policy);
        const before = await read();

        await apply();
        expect(statementsIn(bucket.policy).slice(0, -1)).toEqual(statementsIn(policy));
        await undo(before);

        expect(bucket.policy).toBe(policy);
      }),
    );
  });

  it('meanwhile stays when the denial goes', async () => {
    const { bucket, read, apply, undo } = bucketWith();
    const before = await read();
    await apply();
    const after = await read();
    bucket.policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [other, ...statementsIn(bucket.policy)],
    });

    expect(denyObjectRead.drift(after, await read())).toEqual([
      'the rest of the bucket’s policy was changed since',
    ]);
    await undo(before);

    expect(statementsIn(bucket.policy)).toEqual([other]);
  });

  it('was none, so there is no policy again', async () => {
    const { bucket, read, apply, undo } = bucketWith();
    const before = await read();
    await apply();
    await undo(before);

    expect(bucket).not.toHaveProperty('policy');
  });

  it('is told when the denial went with it', async () => {
    const { bucket, read, apply } = bucketWith();
    await apply();
    const after = await read();
    bucket.policy = JSON.stringify({ Statement: other });

    expect(denyObjectRead.drift(after, await read())).toEqual([
      'the denial was removed since',
      'the rest of the bucket’s policy was changed since',
    ]);
  });

  it('may have grown since the plan: then S3 is not asked', async () => {
    const policy = JSON.stringify({ Statement: { ...other, Sid: 'x'.repeat(mostOfPolicy) } });
    const { s3, bucket, apply } = bucketWith(policy);

    await expect(apply()).rejects.toThrow(/longer than the 20 KB/);
    expect(bucket.policy).toBe(policy);
    expect(s3.calls.some(({ name }) => name === 's3:PutBucketPolicy')).toBe(false);
  });
});

it('each call says whose bucket it means', async () => {
  const { s3, read, apply, undo } = bucketWith();
  const before = await read();
  await apply();
  await undo(before);

  for (const { input: sent } of s3.calls)
    expect(sent).toMatchObject({ ExpectedBucketOwner: input.account });
});

it('a long key of a long bucket is told in one line, by its end', () => {
  const words = denyObjectRead.describe({
    ...input,
    bucket: 'b'.repeat(63),
    key: `${'a'.repeat(900)}/two\nlines.csv`,
  });

  expect(words).toMatch(/ to read …a+\/two lines\.csv of b+$/);
  expect(words.length).toBeLessThanOrEqual(150);
});
