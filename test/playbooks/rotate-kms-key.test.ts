import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { Planned } from '../../src/domain/plan';
import { rotateKmsKey } from '../../src/playbooks/rotate-kms-key/playbook';
import { plan as planFor } from '../../src/playbooks/rotate-kms-key/plan';
import { read } from '../../src/playbooks/rotate-kms-key/read';
import { whyNot } from '../../src/playbooks/rotate-kms-key/why-not';
import { anAsked } from '../support/builders';
import { awsError } from '../support/memory-aws';
import { MemoryKms } from '../support/memory-kms';
import { rotateKmsKey as worlds } from './samples/rotate-kms-key';

const { target } = worlds;
const { id } = target;
const asked = anAsked({ target });
const replica = (PrimaryKey?: { Arn: string; Region: string }): Partial<KeyMetadata> => ({
  MultiRegion: true,
  MultiRegionConfiguration: {
    MultiRegionKeyType: 'REPLICA',
    ...(PrimaryKey && { PrimaryKey }),
  },
});
const primaryArn = `arn:aws:kms:us-east-1:111122223333:key/${id}`;

const aKey = (metadata: Partial<KeyMetadata> = {}, rotation?: number, aliases: string[] = []) => {
  const kms = new MemoryKms();
  kms.key(id, metadata, { rotation, aliases });
  return kms;
};
const look = async (kms: MemoryKms, of = asked): Promise<Planned> =>
  rotateKmsKey.plan(await rotateKmsKey.read(kms, of), of);

describe('a key', () => {
  it('gets rotation every 365 days', async () => {
    expect(await look(aKey({ Description: 'orders' }, undefined, ['alias/orders']))).toEqual({
      kind: 'plan',
      plan: {
        playbook: 'rotate-kms-key',
        target,
        steps: [{ operation: 'kms.enable-key-rotation', input: { keyId: id }, phase: 'change' }],
        effects: [{ what: 'Automatic rotation', before: 'off', after: 'every 365 days' }],
        keeps: [
          'Key id, ARN, aliases, policy and grants',
          'Old key material, for what it encrypted',
        ],
        warnings: ['Each of the first two rotations raises the monthly price of the key.'],
        blastRadius: [
          `KMS key ${id} “orders”: alias/orders.`,
          'Nothing that uses the key has to change.',
        ],
        reversible: 'exactly',
      },
    });
  });

  it('keeps the period that it had', async () => {
    const facts = await read(aKey(), asked);
    if (facts.kind !== 'key') throw new Error(facts.kind);

    const made = planFor({ ...facts, rotation: { enabled: false, periodDays: 180 } }, asked);

    expect(made).toMatchObject({
      plan: {
        steps: [{ input: { keyId: id, periodDays: 180 } }],
        effects: [{ after: 'every 180 days' }],
      },
    });
  });

  it('that rotates already is left, whatever its period', async () => {
    expect(await look(aKey({}, 90))).toEqual({
      kind: 'compliant',
      because: `KMS rotates the key ${id} already.`,
    });
  });

  it('that is gone is left', async () => {
    expect(await look(new MemoryKms())).toEqual({
      kind: 'compliant',
      because: `The KMS key ${id} does not exist any more.`,
    });
  });

  it('named by an alias is changed under its own id', async () => {
    const of = anAsked({ target: { ...target, id: 'alias/team/orders' } });

    expect(await look(aKey({}, undefined, ['alias/team/orders']), of)).toMatchObject({
      plan: { steps: [{ input: { keyId: id } }] },
    });
  });

  it('takes its replicas along', async () => {
    const MultiRegionConfiguration: KeyMetadata['MultiRegionConfiguration'] = {
      MultiRegionKeyType: 'PRIMARY',
      ReplicaKeys: [{ Region: 'us-east-1' }, {}, { Region: 'us-west-2' }],
    };

    expect(await look(aKey({ MultiRegion: true, MultiRegionConfiguration }))).toMatchObject({
      plan: {
        blastRadius: [
          `KMS key ${id}: no alias.`,
          'Its replicas rotate with it: us-east-1, us-west-2.',
          'Nothing that uses the key has to change.',
        ],
      },
    });
  });
});

describe('refused, with words on what to do, is', () => {
  it.each<[string, Partial<KeyMetadata>, string]>([
    ['a key of AWS', { KeyManager: 'AWS' }, 'managed by AWS, which rotates it every year'],
    ['an asymmetric key', { KeySpec: 'RSA_2048' }, 'is RSA_2048. Make a new key'],
    ['an HMAC key', { KeySpec: 'HMAC_256' }, 'is HMAC_256. Make a new key'],
    ['imported material', { Origin: 'EXTERNAL' }, 'rotate it on demand'],
    ['a CloudHSM store', { Origin: 'AWS_CLOUDHSM' }, 'custom key store (AWS_CLOUDHSM)'],
    ['an external store', { Origin: 'EXTERNAL_KEY_STORE' }, '(EXTERNAL_KEY_STORE)'],
    ['a key pending deletion', { KeyState: 'PendingDeletion' }, 'is about to be deleted, and'],
    ['a disabled key', { KeyState: 'Disabled' }, 'is disabled, and its rotation'],
    ['any other state', { KeyState: 'Unavailable' }, 'is in the state Unavailable, and'],
    [
      'a replica',
      replica({ Arn: primaryArn, Region: 'us-east-1' }),
      `Turn rotation on there: ${primaryArn}.`,
    ],
    ['a replica of an unnamed key', replica(), 'Turn rotation on there: unknown.'],
  ])('%s', async (_, metadata, words) => {
    expect(await look(aKey(metadata))).toEqual({
      kind: 'refusal',
      because: expect.stringContaining(words),
    });
  });

  it('a key of which KMS says nothing (law 10)', async () => {
    const call = async () => ({ $metadata: {}, KeyMetadata: {} });

    const facts = await read({ call }, asked);

    expect(facts).toMatchObject({ id, manager: 'unknown', aliases: [], replicas: [] });
    expect(planFor(facts, asked)).toEqual({
      kind: 'refusal',
      because: `KMS does not say who manages key ${id}.`,
    });
  });

  it('told in whole sentences', () => {
    const key = { id, manager: 'CUSTOMER', spec: 'unknown', origin: 'unknown', state: 'unknown' };

    for (const more of [{}, { spec: 'SYMMETRIC_DEFAULT' }, { manager: 'AWS' }, { manager: '?' }])
      expect(whyNot({ ...key, ...more })).toMatch(/\.$/);
  });

  it('no replica of a key that rotates', async () => {
    expect((await look(aKey(replica(), 365))).kind).toBe('compliant');
  });
});

describe('a look', () => {
  it('asks for no rotation where KMS would refuse to answer', async () => {
    const kms = aKey({ KeySpec: 'RSA_2048' });

    await read(kms, asked);

    expect(kms.calls.map(({ name }) => name)).toEqual(['kms:DescribeKey', 'kms:ListAliases']);
  });

  it('reads aliases over all pages', async () => {
    const kms = aKey({}, undefined, ['alias/a', 'alias/b', 'alias/c']);
    kms.pageSize = 1;

    expect(await read(kms, asked)).toMatchObject({ aliases: ['alias/a', 'alias/b', 'alias/c'] });
  });

  it('takes pages without aliases for none', async () => {
    let pages = 3;
    const call = async () => ({
      $metadata: {},
      KeyMetadata: { KeyManager: 'AWS' },
      ...((pages -= 1) >= 0 ? { Truncated: true, NextMarker: '1' } : { Aliases: [{}] }),
    });

    expect(await read({ call }, asked)).toMatchObject({ aliases: [] });
  });

  it.each([0, 1, 2])('passes an error on (law 10): call %i', async (at) => {
    const kms = aKey();
    kms.fail(at, { error: awsError('AccessDeniedException') });

    await expect(read(kms, asked)).rejects.toThrow('AccessDeniedException');
  });

  it('takes an answer without a key for no answer (law 10)', async () => {
    const call = async () => ({ $metadata: {} });

    await expect(read({ call }, asked)).rejects.toThrow(`KMS answered without the key ${id}.`);
  });
});
