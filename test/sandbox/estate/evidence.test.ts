import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { ownCallers, type EvidenceStore } from '../../../src/aws/calls/own';
import { hashIn } from '../../../src/aws/evidence';
import { startLocalAws, type LocalAws } from './local-aws';
import { localEvidence } from './local-evidence';

let aws: LocalAws;
let store: EvidenceStore;

beforeAll(async () => {
  aws = await startLocalAws();
  store = await localEvidence(aws);
}, 60_000);
afterAll(() => aws.close(), 30_000);

const own = () => ownCallers(store, 'Zoë “R” 李');
const text = { encoding: 'utf8', type: 'text/plain' } as const;
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const bodyOf = async (Key: string, VersionId?: string) => {
  const which = { Bucket: store.bucket, Key, ...(VersionId && { VersionId }) };
  return (await store.s3.send(new GetObjectCommand(which))).Body?.transformToByteArray();
};

test('an artefact is kept as it was given, with its hash, who took it and what it lacks', async () => {
  const note = 'unknown: userData (AccessDenied) – “später”';
  const run = 'rem-0000000001/2';

  const kept = await own()['evidence:Keep']({
    run,
    name: 'a b/c.txt',
    content: 'é',
    note,
    ...text,
  });

  expect(kept).toMatchObject({
    run,
    name: 'a_b_c.txt',
    key: 'evidence/rem-0000000001/2-a_b_c.txt',
    sha256: sha256('é'),
    size: 2,
    by: 'Zoë “R” 李',
    note,
  });
  expect(kept.version).not.toBe('');
  expect(Date.parse(kept.at)).not.toBeNaN();
  expect(Buffer.from((await bodyOf(kept.key))!).toString()).toBe('é');
});

test('what is kept first stays: a second try answers with it, whatever it brings (law 4)', async () => {
  const run = 'rem-0000000002/0';
  const first = await own()['evidence:Keep']({ run, name: 'm.json', content: 'first', ...text });

  const second = await own()['evidence:Keep']({ run, name: 'm.json', content: 'second', ...text });

  expect(second).toEqual(first);
  expect(second.sha256).toBe(sha256('first'));
});

test('two at once keep one', async () => {
  const run = 'rem-0000000003/0';
  const keep = (content: string) =>
    own()['evidence:Keep']({ run, name: 'm.json', content, ...text });

  const [one, two] = await Promise.all([keep('one'), keep('two')]);

  expect(one).toEqual(two);
});

test('five megabytes of any bytes come whole', async () => {
  const bytes = Buffer.alloc(5 * 1024 * 1024, 'ÿ\0\n');
  const run = 'rem-0000000004/0';
  const content = bytes.toString('base64');

  const kept = await own()['evidence:Keep']({
    run,
    name: 'big.bin',
    content,
    encoding: 'base64',
    type: 'application/octet-stream',
  });

  expect([kept.size, kept.sha256]).toEqual([bytes.length, sha256(bytes)]);
  expect(await hashIn(store, kept)).toBe(kept.sha256);
});

test('all of one remediation is listed, and nothing of another', async () => {
  const keep = (run: string, name: string) =>
    own()['evidence:Keep']({ run, name, content: name, ...text });
  await keep('rem-0000000005/0', 'metadata.json');
  await keep('rem-0000000005/11', 'host-linux.json');
  await keep('rem-00000000055/0', 'other.json');

  const list = (run: string, of: 'step' | 'remediation') => own()['evidence:List']({ run, of });
  const { artefacts } = await list('rem-0000000005/12', 'remediation');

  expect(artefacts.map(({ run, name }) => [run, name])).toEqual([
    ['rem-0000000005/0', 'metadata.json'],
    ['rem-0000000005/11', 'host-linux.json'],
  ]);
  expect((await list('rem-0000000005/11', 'step')).artefacts).toMatchObject([
    { name: 'host-linux.json' },
  ]);
  expect(await list('rem-0000000005/1', 'step')).toEqual({ artefacts: [] });
  expect(await list('rem-0000000006/0', 'remediation')).toEqual({ artefacts: [] });
});

test('it is locked for as long as the bucket says, and one who writes over it changes no evidence', async () => {
  const run = 'rem-0000000007/0';
  const kept = await own()['evidence:Keep']({ run, name: 'm.json', content: 'true', ...text });
  const { bucket: Bucket, s3 } = store;
  const Key = kept.key;
  const { ObjectLockMode } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  expect(ObjectLockMode).toBe('GOVERNANCE');

  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'false', ChecksumAlgorithm: 'SHA256' }));
  const removed = s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: kept.version }));

  await expect(removed).rejects.toMatchObject({ name: 'AccessDenied' });
  expect(await hashIn(store, kept)).toBe(kept.sha256);
  expect(await hashIn(store, { ...kept, version: '' })).toBe(sha256('false'));
});

test('what is not there has no hash', async () => {
  const gone = { key: 'evidence/rem-0000000008/0-m.json', version: '', size: 3 };
  expect(await hashIn(store, gone)).toBeUndefined();
});
