import { read, type KeyFacts } from '../../src/playbooks/deactivate-iam-access-keys/read';
import { anAsked } from '../support/builders';
import { awsError } from '../support/memory-aws';
import { MemoryIam } from '../support/memory-iam';
import { deactivateIamAccessKeys as worlds } from './samples/deactivate-iam-access-keys';
import { key, planOf, used, type User } from './samples/iam-keys';

const asked = anAsked({ target: worlds.target });

describe('a look at a user', () => {
  it('finds keys with their age and last use, the password and the owner', async () => {
    expect(await read(worlds.toChange(), asked)).toEqual({
      kind: 'user',
      path: '/division/web/',
      tags: { Owner: 'web' },
      password: { created: '2024-01-02T03:04:05.000Z', lastUsed: '2026-02-27T08:00:00.000Z' },
      keys: [
        {
          id: 'AKIAIOSFODNN7OLD1',
          active: true,
          created: '2024-01-02T03:04:05.000Z',
          lastUsed: '2025-06-01T00:00:00.000Z',
          by: 's3 in eu-west-1',
        },
        { id: 'AKIAIOSFODNN7NEW2', active: true, created: '2026-02-20T00:00:00.000Z' },
      ],
    });
  });

  it('tells active keys from all others', async () => {
    expect(await read(worlds.compliant(), asked)).toMatchObject({
      keys: [{ active: false }, { active: true }],
    });
  });

  it('finds no password where there is none, or one that was never used', async () => {
    const iam = new MemoryIam();
    iam.user('bob');
    expect(await read(iam, asked)).toEqual({ kind: 'user', path: '/', tags: {}, keys: [] });

    iam.user('bob', { password: { created: '2026-01-01T00:00:00Z' } });
    expect(await read(iam, asked)).toMatchObject({
      password: { created: '2026-01-01T00:00:00.000Z' },
    });
  });

  it('takes what IAM leaves out of a user for nothing', async () => {
    const call = async () => ({
      $metadata: {},
      LoginProfile: { CreateDate: new Date(0) },
    });

    expect(await read({ call }, asked)).toEqual({
      kind: 'user',
      path: '/',
      tags: {},
      password: { created: '1970-01-01T00:00:00.000Z' },
      keys: [],
    });
  });

  it('finds a user who is gone', async () => {
    expect(await read(new MemoryIam(), asked)).toEqual({ kind: 'missing' });
  });

  it('finds a user who is deleted while it looks', async () => {
    const iam = new MemoryIam();
    iam.user('bob');
    const call: MemoryIam['call'] = (name, input) => {
      if (name === 'iam:ListAccessKeys') iam.users.clear();
      return iam.call(name, input);
    };

    expect(await read({ call }, asked)).toEqual({ kind: 'missing' });
  });

  it.each([0, 1, 2, 3, 4])('passes any other error on (law 10): call %i', async (at) => {
    const iam = worlds.toChange();
    iam.fail(at, { error: awsError('AccessDenied') });

    await expect(read(iam, asked)).rejects.toThrow('AccessDenied');
  });

  it.each([
    ['iam:ListAccessKeys', 'IAM does not say when access key … was made.'],
    ['iam:GetLoginProfile', 'IAM does not say when the console password was made.'],
  ])('guesses no age where %s tells none (law 10)', async (bare, words) => {
    const call = async (name: string) => ({
      $metadata: {},
      ...(name === bare && { AccessKeyMetadata: [{}] }),
      ...(name !== bare && { LoginProfile: { CreateDate: new Date(0) } }),
      ...(name === 'iam:GetUser' && { User: { Tags: [{}] } }),
    });

    await expect(read({ call }, asked)).rejects.toThrow(words);
  });
});

describe('who is touched', () => {
  const touched = (keys: readonly KeyFacts[], more: Partial<User> = {}) =>
    planOf(keys, 'IAM.3', more).blastRadius;

  it('is told loudly where a key was used within a week, that key first', () => {
    expect(touched([key('OLD1', 400, used(8)), key('OLD2', 400, used(6))])).toEqual([
      'IN USE: access key …OLD2 was last used on 2026-02-23 (6 days ago) for s3 in eu-west-1.',
      'Access key …OLD1 was last used on 2026-02-21 (8 days ago) for s3 in eu-west-1.',
      'User bob: no tag names an owner.',
      'bob has no other active access key: a new one is needed where a program still signs in.',
    ]);
    expect(touched([key('OLD1', 400, used(7))])[0]).toMatch(/^Access key …OLD1 was last used/);
    expect(touched([key('OLD1', 400, used(1))])[0]).toContain('(1 day ago)');
    expect(touched([key('OLD1', 400, used(0))])[0]).toContain('(within a day)');
  });

  it('is told of a key that was never used', () => {
    expect(touched([key('OLD1', 400)])[0]).toBe(
      'Access key …OLD1 was never used, as far as AWS knows.',
    );
  });

  it('is the owner that tags name, and the keys that go on', () => {
    const keys = [key('OLD1', 400), key('NEW2', 1), key('OFF3', 1, { active: false })];
    const tags = { Owner: 'web', 'cost-centre': '7', team_email: 'web@acme.example' };

    expect(touched(keys, { path: '/division/web/', tags }).slice(1)).toEqual([
      'User bob in /division/web/: Owner web, team_email web@acme.example.',
      'bob can go on with access key …NEW2.',
    ]);
  });
});
