import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { ownCallers } from '../../src/aws/calls/own';
import { awsError } from '../support/memory-aws';

const now = new Date('2026-03-01T12:00:00.000Z');
const asked = {
  run: 'rem-0000000000/3',
  name: 'metadata.json',
  content: '{}',
  encoding: 'utf8',
  type: 'application/json',
} as const;
const hash = createHash('sha256').update('{}');
const digest = hash.digest();

/** S3 that answers puts in turn, the last answer for good; what it holds is what a head tells. */
const aBucket = (answers: (Error | undefined)[] = [], held: object = {}, more = {}) => {
  const s3 = new S3Client({ region: 'us-east-1' });
  const puts: PutObjectCommand['input'][] = [];
  const slept: number[] = [];
  s3.send = ((command: object) => {
    if (command instanceof PutObjectCommand) {
      const answer = answers[Math.min(puts.length, answers.length - 1)];
      puts.push(command.input);
      return answer ? Promise.reject(answer) : Promise.resolve({});
    }
    if (command instanceof HeadObjectCommand)
      return Promise.resolve({
        VersionId: 'v1',
        ContentLength: 2,
        LastModified: now,
        ChecksumSHA256: digest.toString('base64'),
        ...held,
      });
    return Promise.reject(new TypeError('not asked for'));
  }) as typeof s3.send;
  const sleep = (milliseconds: number) => {
    slept.push(milliseconds);
    return Promise.resolve();
  };
  const own = ownCallers({ s3, bucket: 'evidence', sleep, now: () => now, ...more }, 'Rita');
  return { own, puts, slept };
};

describe('evidence', () => {
  it('is put with a checksum, since a locked bucket takes nothing without, and never over another', async () => {
    const { own, puts } = aBucket();

    await own['evidence:Keep'](asked);

    expect(puts).toMatchObject([
      {
        Bucket: 'evidence',
        Key: 'evidence/rem-0000000000/3-metadata.json',
        ChecksumSHA256: digest.toString('base64'),
        IfNoneMatch: '*',
        ContentType: 'application/json',
      },
    ]);
  });

  it('that an earlier try kept is answered with', async () => {
    const { own, puts } = aBucket([awsError('PreconditionFailed')]);

    const kept = await own['evidence:Keep'](asked);

    expect(kept).toMatchObject({ version: 'v1', sha256: digest.toString('hex'), size: 2 });
    expect(puts).toHaveLength(1);
  });

  it('that another try is just keeping is asked for again', async () => {
    const conflict = awsError('ConditionalRequestConflict');
    const { own, puts, slept } = aBucket([conflict, awsError('PreconditionFailed')]);

    await own['evidence:Keep'](asked);

    expect([puts.length, slept]).toEqual([2, [500]]);
  });

  it.each(['ConditionalRequestConflict', 'AccessDenied', 'NoSuchBucket'])(
    'that could not be kept is an error: %s',
    async (code) => {
      await expect(aBucket([awsError(code)]).own['evidence:Keep'](asked)).rejects.toMatchObject({
        name: code,
      });
    },
  );

  it('has the hash of what S3 holds, not of what somebody says', async () => {
    const { own } = aBucket([], { Metadata: { sha256: 'said' } });
    expect((await own['evidence:Keep'](asked)).sha256).toBe(digest.toString('hex'));
  });

  it('in parts has no checksum of the whole: then what was written beside it is told', async () => {
    const { own } = aBucket([], {
      ChecksumSHA256: 'abc=-2',
      Metadata: { sha256: 'f0', note: '100%' },
    });
    expect(await own['evidence:Keep'](asked)).toMatchObject({ sha256: 'f0', note: '100%' });
  });

  it.each(['x', 'é', '李', '👩‍💻', '\ud800', '\u0000', '\n'])(
    'has a note that fits into what S3 takes, of “%s” as well',
    async (letter) => {
      const { own, puts } = aBucket();

      await own['evidence:Keep']({ ...asked, note: letter.repeat(3000) });

      const { Metadata = {} } = puts[0]!;
      const all = Object.entries(Metadata).flat().join('');
      expect(all.length).toBeLessThanOrEqual(2048);
      expect(all).toMatch(/^[\x20-\x7e]*$/);
      expect(decodeURIComponent(Metadata['note']!).length).toBeGreaterThan(100);
    },
  );

  it('has a key without surprises, whatever its name is', async () => {
    const { own, puts } = aBucket();

    await own['evidence:Keep']({ ...asked, name: `../../x y\n${'é'.repeat(300)}` });

    expect(puts[0]?.Key).toMatch(/^evidence\/rem-0000000000\/3-\.\._\.\._x_y__+$/);
    expect(puts[0]?.Key?.length).toBeLessThan(200);
  });
});

describe('the clock', () => {
  it('waits a minute at most within a step, and tells the time', async () => {
    const { own, slept } = aBucket();

    await own['clock:Pause']({ milliseconds: 10_000 });
    await own['clock:Pause']({ milliseconds: 600_000 });

    expect(slept).toEqual([10_000, 60_000]);
    expect(await own['clock:GetTime']({})).toEqual({ at: now.toISOString() });
  });
});

describe('the account of forensics', () => {
  it('is told as the policy names it', async () => {
    const { own } = aBucket([], {}, { forensics: '777788889999' });

    expect(await own['evidence:GetForensicAccount']({})).toEqual({ account: '777788889999' });
    expect(await aBucket().own['evidence:GetForensicAccount']({})).toEqual({ account: '' });
  });
});
