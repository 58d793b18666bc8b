import {
  deactivateAccessKey,
  keyText,
  listAccessKeys,
} from '../../src/operations/iam/deactivate-access-key';
import { awsError } from '../support/memory-aws';
import { MemoryIam, type MemoryKey } from '../support/memory-iam';

const accessKeyId = 'AKIAIOSFODNN7WXYZ';
const input = { user: 'bob', accessKeyId };
const run = 'rem-0000000000/0';

const key = (id: string, status: MemoryKey['status'] = 'Active'): MemoryKey => ({
  id,
  status,
  created: '2025-01-01T00:00:00.000Z',
});

const bob = (...keys: MemoryKey[]) => {
  const iam = new MemoryIam();
  iam.user('bob', { keys });
  return iam;
};

describe('an access key', () => {
  it('is named by its last four characters', () => {
    expect(keyText(accessKeyId)).toBe('…WXYZ');
    expect(deactivateAccessKey.describe(input)).toBe('Deactivate access key …WXYZ of bob');
  });

  it('is found on any page', async () => {
    const iam = bob(key('AKIA1'), key('AKIA2'), key(accessKeyId, 'Inactive'));
    iam.pageSize = 1;

    expect(await deactivateAccessKey.read(iam, input, run)).toEqual({ status: 'Inactive' });
    expect(iam.calls).toHaveLength(3);
  });

  it('that was deleted, or whose user was, is gone, and nothing is left to deactivate', async () => {
    for (const iam of [bob(key('AKIA1')), new MemoryIam()]) {
      const state = await deactivateAccessKey.read(iam, input, run);

      expect(state).toEqual({ status: 'gone' });
      expect(deactivateAccessKey.holds(state, input)).toBe(true);
    }
  });

  it('is not taken for gone where keys may not be listed (law 10)', async () => {
    const iam = bob(key(accessKeyId));
    iam.fail(0, { error: awsError('AccessDenied') });

    await expect(deactivateAccessKey.read(iam, input, run)).rejects.toThrow('AccessDenied');
  });

  it('of a state that IAM does not tell is not taken for inactive (law 10)', async () => {
    const call = async () => ({ AccessKeyMetadata: [{ AccessKeyId: accessKeyId }], $metadata: {} });

    const state = await deactivateAccessKey.read({ call }, input, run);

    expect(state).toEqual({ status: 'unknown' });
    expect(deactivateAccessKey.holds(state, input)).toBe(false);
  });

  it('list of nothing is no key', async () => {
    const call = async () => ({ $metadata: {} });

    expect(await listAccessKeys({ call }, 'bob')).toEqual([]);
  });
});

describe('to deactivate', () => {
  it('is done when somebody deletes the key in between', async () => {
    const iam = bob();

    await deactivateAccessKey.apply(iam, input, { status: 'Active' }, run);

    expect(await deactivateAccessKey.read(iam, input, run)).toEqual({ status: 'gone' });
  });

  it('touches no other key and deletes nothing', async () => {
    const iam = bob(key(accessKeyId), key('AKIA2'));

    await deactivateAccessKey.apply(iam, input, { status: 'Active' }, run);

    expect(iam.users.get('bob')?.keys.map(({ status }) => status)).toEqual(['Inactive', 'Active']);
  });
});

describe('the way back', () => {
  it('makes active what was active, and nothing else (law 7)', async () => {
    const iam = bob(key(accessKeyId, 'Inactive'));
    const now = { status: 'Inactive' };

    await deactivateAccessKey.undo(iam, input, { status: 'Inactive' }, now);
    expect(iam.calls).toEqual([]);

    await deactivateAccessKey.undo(iam, input, { status: 'Active' }, now);
    expect(await deactivateAccessKey.read(iam, input, run)).toEqual({ status: 'Active' });
  });

  it('of a key that was deleted meanwhile fails and says what that means', async () => {
    const [before, now] = [{ status: 'Active' }, { status: 'gone' }];

    expect(deactivateAccessKey.restored(now, input, before)).toBe(false);
    await expect(deactivateAccessKey.undo(bob(), input, before, now)).rejects.toMatchObject({
      name: 'Told',
      message:
        'Access key …WXYZ of bob was deleted meanwhile, and AWS cannot bring it back: its user needs a new key.',
    });
  });

  it('of a key that was gone before is no way at all', () => {
    const gone = { status: 'gone' };

    expect(deactivateAccessKey.restored(gone, input, gone)).toBe(true);
  });

  it('tells what others did since', () => {
    const drift = (status: string) => deactivateAccessKey.drift({ status: 'Inactive' }, { status });

    expect(drift('gone')).toEqual(['key deleted since']);
    expect(drift('Active')).toEqual(['key became Active since']);
  });
});
