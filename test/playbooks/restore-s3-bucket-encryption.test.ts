import type { Planned } from '../../src/domain/plan';
import { restoreS3BucketEncryption as playbook } from '../../src/playbooks/restore-s3-bucket-encryption/playbook';
import { account, anAsked } from '../support/builders';
import { MemoryS3 } from '../support/memory-s3';
import {
  bucket,
  disabled,
  keyArn,
  kms,
  policyWith,
  restoreS3BucketEncryption as worlds,
  sseS3,
  wants,
  worldWith,
} from './samples/restore-s3-bucket-encryption';

const look = async (s3: MemoryS3): Promise<Planned> => {
  const asked = anAsked({ target: worlds.target });
  return playbook.plan(await playbook.read(s3, asked), asked);
};
const stepIn = async (s3: MemoryS3) => {
  const planned = await look(s3);
  return planned.kind === 'plan' ? planned.plan.steps[0]?.input : planned.because;
};
const condition = (operator: string, key: string) => ({
  Condition: { [operator]: { [key]: keyArn } },
});
const header = 's3:x-amz-server-side-encryption-aws-kms-key-id';

describe('which key', () => {
  it.each([
    ['StringNotEquals', 's3:PutObject'],
    ['StringNotEqualsIfExists', 's3:Put*'],
    ['ArnNotLike', ['s3:PutObject', 's3:GetObject']],
    ['stringnotlike', '*'],
  ])('is read from a denial by %s of %j', async (operator, Action) => {
    const policy = policyWith(wants(keyArn, { Action, ...condition(operator, header) }));

    expect(await stepIn(worldWith({ encryption: [sseS3], policy })())).toEqual({
      bucket,
      account,
      key: keyArn,
    });
  });

  it.each([
    ['allows', { Effect: 'Allow' }],
    ['is about reading', { Action: 's3:GetObject' }],
    ['denies the key', condition('StringEquals', header)],
    ['asks for KMS and no key', condition('StringNotEquals', 's3:x-amz-server-side-encryption')],
  ])('is not read from a statement that %s', async (_, more) => {
    const policy = policyWith(wants(keyArn, more));

    expect(await stepIn(worldWith({ encryption: [sseS3], policy })())).toBe(
      `New objects of ${bucket} are encrypted with SSE-S3, a key of S3. Its policy asks for no KMS key; if it had one, only its owners know which.`,
    );
  });

  it('is none where nothing was ever set and nobody asks for one: then it is SSE-S3', async () => {
    expect(await stepIn(worldWith({})())).toEqual({ bucket, account });
  });

  it('is not changed where one is set, whichever the policy asks for', async () => {
    const policy = policyWith(wants(`${keyArn}0`));

    expect(await stepIn(worldWith({ encryption: [kms], policy })())).toBe(
      `New objects of ${bucket} are encrypted with KMS, key ${keyArn}.`,
    );
  });
});

describe('it is refused', () => {
  const encryption = [sseS3];

  it('where the policy asks for two keys', async () => {
    const policy = policyWith(wants(keyArn), wants(`${keyArn}0`));

    expect(await stepIn(worldWith({ encryption, policy })())).toMatch(/asks for 2 KMS keys/);
  });

  it.each([
    ['is disabled', keyArn, disabled, /which KMS calls Disabled/],
    ['is not whole', 'alias/payroll', disabled, /which KMS does not show/],
    ['is a pattern', `${keyArn}*`, disabled, /which KMS does not show/],
    ['is not there', keyArn, { 'kms:DescribeKey': () => ({}) }, /which KMS does not show/],
  ])('where the key %s', async (_, key, handlers, words) => {
    const policy = policyWith(wants(key));

    expect(await stepIn(worldWith({ encryption, policy }, handlers)())).toMatch(words);
  });

  it.each(['GetBucketEncryption', 'GetBucketPolicy'])('where AWS denies %s', async (call) => {
    const world = worldWith({ encryption })();
    world.denied.add(`${bucket} ${call}`);

    expect(await look(world)).toEqual({
      kind: 'refusal',
      because: expect.stringContaining(`not of account ${account}`),
    });
  });

  it('where the policy has a form that is not known', async () => {
    expect(await stepIn(worldWith({ encryption, policy: '{' })())).toMatch(/not known here/);
  });

  it('never on an error that it does not know', async () => {
    const world = worldWith({ encryption })();
    world.fail(0);

    await expect(look(world)).rejects.toThrow('UnauthorizedOperation');
  });
});

it('a bucket that is gone needs nothing', async () => {
  expect((await look(new MemoryS3())).kind).toBe('compliant');
});

it('who needs the key is told, where there is one', async () => {
  const warnings = async (s3: MemoryS3) => {
    const planned = await look(s3);
    return planned.kind === 'plan' ? planned.plan.warnings : [];
  };

  expect((await warnings(worlds.toChange() as MemoryS3))[0]).toMatch(/kms:GenerateDataKey/);
  expect(await warnings(worldWith({})())).toEqual([]);
});
