import { blockAccountPublicAccess } from '../../src/operations/s3/block-account-public-access';
import { blockPublicAccess } from '../../src/operations/s3/block-public-access';
import {
  blocked,
  blockOf,
  settingNames,
  type AccessBlock,
} from '../../src/operations/s3/access-block';
import { account } from '../support/builders';
import { MemoryAws } from '../support/memory-aws';
import { MemoryS3 } from '../support/memory-s3';
import { memoryS3Control, type AccountBlocks } from '../support/memory-s3-control';

const bucket = 'acme-assets';
const input = { bucket, account };
const run = 'rem-0000000000/0';
const none = blockOf(undefined);
const off = blockOf({});

describe('the block of a bucket', () => {
  it('keeps what is on, and switches on the rest in one call', async () => {
    const s3 = new MemoryS3();
    s3.bucket(bucket, { block: { BlockPublicAcls: true } });

    await blockPublicAccess.apply(s3, input, await blockPublicAccess.read(s3, input, run), run);

    expect(s3.calls.map(({ name }) => name)).toEqual([
      's3:GetPublicAccessBlock',
      's3:PutPublicAccessBlock',
    ]);
    expect(await blockPublicAccess.read(s3, input, run)).toEqual(blocked);
  });

  it('is never written to a bucket of another account', async () => {
    const s3 = new MemoryS3();
    s3.bucket(bucket, { owner: '999988887777' });

    await expect(blockPublicAccess.read(s3, input, run)).rejects.toThrow('AccessDenied');
    await expect(blockPublicAccess.apply(s3, input, none, run)).rejects.toThrow('AccessDenied');
    await expect(blockPublicAccess.undo(s3, input, none, blocked)).rejects.toThrow('AccessDenied');
  });

  it('that is absent is not the same as one with all off, and each comes back as it was', async () => {
    const after = async (before: AccessBlock) => {
      const s3 = new MemoryS3();
      s3.bucket(bucket, { block: blocked });
      await blockPublicAccess.undo(s3, input, before, blocked);
      return blockPublicAccess.read(s3, input, run);
    };

    expect([await after(none), await after(off)]).toEqual([none, off]);
  });
});

describe('the way back', () => {
  const before: AccessBlock = { ...off, BlockPublicAcls: true };

  it.each(settingNames)(
    'leaves off what others switched off, though it was on before: %s',
    async (name) => {
      const s3 = new MemoryS3();
      const stood = { ...off, [name]: true };
      const now = { ...blocked, [name]: false };
      s3.bucket(bucket, { block: now });

      await blockPublicAccess.undo(s3, input, stood, now);

      expect(await blockPublicAccess.read(s3, input, run)).toEqual(off);
      expect(blockPublicAccess.restored(off, input, stood)).toBe(true);
    },
  );

  it.each(settingNames)('leaves on what was on before: %s', async (name) => {
    const s3 = new MemoryS3();
    const stood = { ...off, [name]: true };
    s3.bucket(bucket, { block: blocked });

    await blockPublicAccess.undo(s3, input, stood, blocked);

    expect(await blockPublicAccess.read(s3, input, run)).toEqual(stood);
  });

  it('brings no block back that others deleted', async () => {
    const s3 = new MemoryS3();
    s3.bucket(bucket);

    await blockPublicAccess.undo(s3, input, before, none);

    expect(s3.calls).toEqual([]);
    expect(blockPublicAccess.restored(none, input, before)).toBe(true);
  });

  it.each([
    ['a setting of ours is still on', { ...off, IgnorePublicAcls: true }, off],
    ['the block that we made is still there', off, none],
  ])('has not reached its end while %s', (_, now, stood) => {
    expect(blockPublicAccess.restored(now, input, stood)).toBe(false);
    expect(blockAccountPublicAccess.restored(now, { account }, stood)).toBe(false);
  });

  it('tells what others switched since', () => {
    expect(blockPublicAccess.drift(blocked, { ...blocked, RestrictPublicBuckets: false })).toEqual([
      'switched off since: Restrict public policies (RestrictPublicBuckets)',
    ]);
    expect(blockPublicAccess.drift(off, { ...off, BlockPublicPolicy: true })).toEqual([
      'switched on since: Refuse new public policies (BlockPublicPolicy)',
    ]);
    expect(blockPublicAccess.drift(blocked, none)).toContain('the whole block was deleted since');
  });
});

describe('the block of an account', () => {
  it('that S3 Control does not show yet does not count as done', async () => {
    const blocks: AccountBlocks = new Map();
    const handlers = memoryS3Control(blocks);
    const late = new MemoryAws({ ...handlers, 's3control:PutPublicAccessBlock': () => ({}) });

    await blockAccountPublicAccess.apply(late, { account }, none, run);

    const after = await blockAccountPublicAccess.read(late, { account }, run);
    expect(blockAccountPublicAccess.holds(after, { account })).toBe(false);
  });

  it('is this account’s alone', async () => {
    const blocks: AccountBlocks = new Map([['999988887777', {}]]);
    const aws = new MemoryAws(memoryS3Control(blocks));

    await blockAccountPublicAccess.apply(aws, { account }, none, run);
    await blockAccountPublicAccess.undo(aws, { account }, off, blocked);

    expect([...blocks.keys()].sort()).toEqual([account, '999988887777'].sort());
    expect(blocks.get(account)).toMatchObject({ BlockPublicAcls: false });
  });
});
