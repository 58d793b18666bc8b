import type { Planned } from '../../src/domain/plan';
import type { Asked } from '../../src/domain/playbook';
import { nameOf } from '../../src/operations/macie2/create-findings-filter';
import { suppressMacieFindings as playbook } from '../../src/playbooks/suppress-macie-findings/playbook';
import { account, anAsked, region } from '../support/builders';
import { MemoryAws } from '../support/memory-aws';
import { aFilter, memoryMacie } from '../support/memory-macie';
import {
  aMacieFinding,
  bucket,
  filter,
  key,
  suppressMacieFindings as worlds,
  type,
} from './samples/suppress-macie-findings';

const macie = (findings = 0) => new MemoryAws(memoryMacie(new Map(), { findings }));
const look = async (aws: MemoryAws, more: Partial<Asked> = {}): Promise<Planned> => {
  const asked = anAsked({ target: worlds.target, finding: aMacieFinding(), ...more });
  return playbook.plan(await playbook.read(aws, asked), asked);
};
const planOf = async (...given: Parameters<typeof look>) => {
  const planned = await look(...given);
  if (planned.kind !== 'plan') throw new Error(`${planned.kind}: ${planned.because}`);
  return planned.plan;
};

describe('what is suppressed', () => {
  const publicPolicy = aMacieFinding({
    type: 'Policy:IAMUser/S3BucketPublic',
    resources: [{ kind: 'AwsS3Bucket', id: `arn:aws:s3:::${bucket}` }],
  });

  it.each<[string, Partial<Asked>, object]>([
    ['one object, unless told otherwise', {}, { type, bucket, key }],
    ['one object, where that was chosen', { options: ['object'] }, { type, bucket, key }],
    ['all of the bucket, where that was chosen', { options: [] }, { type, bucket }],
    [
      'the bucket of a policy finding',
      { finding: publicPolicy },
      { type: 'Policy:IAMUser/S3BucketPublic', bucket },
    ],
  ])('is %s', async (_, more, input) => {
    expect((await planOf(macie(), more)).steps).toEqual([
      { operation: 'macie2.create-findings-filter', input, phase: 'change' },
    ]);
  });

  it('is not the object of another bucket', async () => {
    const resources = [{ kind: 'AwsS3Object', id: 'arn:aws:s3:::other/hr/people.csv' }];

    expect(
      (await planOf(macie(), { finding: aMacieFinding({ resources }) })).steps[0]?.input,
    ).toEqual({ type, bucket });
  });
});

describe('the plan', () => {
  it('counts the open findings of the last 30 days that it would have hidden', async () => {
    const aws = macie(7);
    const { blastRadius } = await planOf(aws);

    expect(blastRadius).toEqual([
      `Of the last 30 days it would have hidden 7 findings in ${region} of account ${account}.`,
    ]);
    expect(aws.calls.at(-1)?.input).toMatchObject({
      findingCriteria: {
        criterion: {
          type: { eq: [type] },
          'resourcesAffected.s3Object.key': { eq: [key] },
          archived: { eq: ['false'] },
          updatedAt: { gte: Date.parse('2026-01-30T12:00:00.000Z') },
        },
      },
    });
    expect((await planOf(macie(1))).blastRadius[0]).toContain('hidden 1 finding in');
    expect((await planOf(macie())).blastRadius[0]).toContain('hidden 0 findings in');
  });

  it('leaves the finding open: nothing was mended', async () => {
    expect((await planOf(macie())).leaves).toMatch(/^What Macie found stays as it is/);
  });

  it('warns where more than one object is hidden', async () => {
    const warns = async (options: string[]) => (await planOf(macie(), { options })).warnings.length;

    expect([await warns(['object']), await warns([])]).toEqual([1, 2]);
  });
});

describe('it is refused', () => {
  it.each<[string, Partial<Asked>]>([
    ['a finding of another product', { finding: aMacieFinding({ product: 'Prowler' }) }],
    ['a type that Macie has not', { finding: aMacieFinding({ type: 'SensitiveData:S3Object/' }) }],
  ])('for %s', async (_, more) => {
    expect(await look(macie(), more)).toMatchObject({ kind: 'refusal' });
  });

  it('without a finding', async () => {
    const asked = anAsked({ target: worlds.target });

    expect(playbook.plan(await playbook.read(macie(), asked), asked).kind).toBe('refusal');
  });

  it('where Macie is off', async () => {
    const aws = new MemoryAws(memoryMacie(new Map(), { off: true }));

    expect(await look(aws)).toMatchObject({ because: expect.stringContaining('it is off there') });
  });

  it('where somebody has changed the filter', async () => {
    const filters = new Map([['theirs', aFilter({ name: nameOf(filter), action: 'NOOP' })]]);

    expect(await look(new MemoryAws(memoryMacie(filters)))).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('says something else'),
    });
  });

  it('never on an error that it does not know', async () => {
    const aws = macie();
    aws.fail(0);

    await expect(look(aws)).rejects.toThrow('UnauthorizedOperation');
  });
});
