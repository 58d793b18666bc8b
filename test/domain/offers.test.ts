import { never } from '../../src/domain/errors';
import type { Finding } from '../../src/domain/finding';
import { planHash } from '../../src/domain/plan';
import { isActionable, offersFor, type Offer } from '../../src/domain/playbook';
import { lockOf, targetOf } from '../../src/domain/target';
import { account, aFinding, aPlan, aTarget, region } from '../support/builders';

const offer: Offer = {
  id: 'close-ec2-admin-ports',
  title: 'Close',
  summary: '',
  answers: ['EC2.13'],
  target: 'AwsEc2SecurityGroup',
  risk: 'low',
  onFailure: 'hold',
};
const group = (id: string) => ({ kind: 'AwsEc2SecurityGroup', id });

describe('an offer', () => {
  it('is made for each resource of the right kind, once', () => {
    const resources = [group('sg-1'), group('sg-2'), group('arn:aws:ec2:::security-group/sg-1')];

    const offered = offersFor(
      [offer],
      aFinding({ resources: [...resources, { kind: 'AwsEc2Instance', id: 'i-1' }] }),
    );

    expect(offered.map(({ target }) => target.id)).toEqual(['sg-1', 'sg-2']);
  });

  it.each<[string, Partial<Finding>]>([
    ['no control', { control: undefined }],
    ['another control', { control: 'S3.1' }],
    ['a finding that is over', { workflow: 'resolved' }],
    ['no resource of the kind', { resources: [] }],
    ['a resource without a Region', { region: undefined }],
  ])('is not made for %s', (_, more) => {
    expect(offersFor([offer], aFinding(more))).toEqual([]);
  });
});

describe('a finding', () => {
  it.each<[Partial<Finding>, boolean]>([
    [{}, true],
    [{ workflow: 'notified' }, true],
    [{ compliance: undefined }, true],
    [{ workflow: 'resolved' }, false],
    [{ workflow: 'suppressed' }, false],
    [{ record: 'archived' }, false],
    [{ compliance: 'passed' }, false],
  ])('calls people or is history: %j', (more, actionable) => {
    expect(isActionable(aFinding(more))).toBe(actionable);
  });
});

describe('a target', () => {
  it('is the resource’s own id, account and Region before those of the finding', () => {
    const resource = aFinding({
      resources: [{ ...group('sg-1'), account: '444455556666', region: 'us-west-2' }],
    }).resources[0]!;

    expect(targetOf(aFinding(), resource)).toMatchObject({
      id: 'sg-1',
      account: '444455556666',
      region: 'us-west-2',
    });
    expect(targetOf(aFinding(), { ...group('x/sg-2'), tags: {} })).toMatchObject({
      id: 'sg-2',
      account,
      region,
    });
  });

  it.each([
    ['arn:aws:lambda:eu-west-1:111122223333:function:resize', 'resize'],
    ['arn:aws:lambda:eu-west-1:111122223333:function:resize:live', 'resize:live'],
    ['arn:aws:lambda:eu-west-1:111122223333:function:resize:7', 'resize:7'],
    ['arn:aws:lambda:eu-west-1:111122223333:function:resize:$LATEST', 'resize'],
    ['111122223333:function:resize:live', 'resize:live'],
    ['function:resize', 'resize'],
    ['resize:live', 'resize:live'],
    ['resize', 'resize'],
    ['my-function:live', 'my-function:live'],
    ['arn:aws:lambda:eu-west-1:111122223333:function:function', 'function'],
  ])(
    'of Lambda is the function and, where the finding names one, its alias or version: %s',
    (id, own) => {
      expect(targetOf(aFinding(), { kind: 'AwsLambdaFunction', id, tags: {} })?.id).toBe(own);
    },
  );

  it.each([
    ['arn:aws:s3:::acme/hr/people.csv', 'acme/hr/people.csv'],
    ['arn:aws-cn:s3:::acme/a:b/c', 'acme/a:b/c'],
    ['arn:aws:s3:::acme/a\nb', 'acme/a\nb'],
    ['arn:aws:s3:::acme/', undefined],
    ['people.csv', undefined],
  ])('of S3 is bucket and whole key, or nothing: %j', (id, own) => {
    expect(targetOf(aFinding(), { kind: 'AwsS3Object', id, tags: {} })?.id).toBe(own);
  });

  it('is none where its id is empty', () => {
    expect(
      targetOf(aFinding(), { ...group('arn:aws:ec2:::security-group/'), tags: {} }),
    ).toBeUndefined();
  });

  it('is locked for one playbook, in one account and Region (law 5)', () => {
    const locks = [
      lockOf('a', aTarget),
      lockOf('b', aTarget),
      lockOf('a', { ...aTarget, id: 'sg-2' }),
      lockOf(
        'a',
        targetOf(aFinding({ account: '444455556666' }), { ...group(aTarget.id), tags: {} })!,
      ),
      lockOf('a', targetOf(aFinding({ region: 'us-west-2' }), { ...group(aTarget.id), tags: {} })!),
    ];

    expect(new Set(locks).size).toBe(locks.length);
  });

  it.each([
    ['AwsIamUser', 'deactivate-iam-access-keys', 1],
    ['AwsIamAccessKey', 'a', 1],
    ['AwsIamPolicy', 'a', 1],
    ['AwsIamRole', 'a', 1],
    ['AwsAccount', 'strengthen-iam-password-policy', 1],
    ['AwsAccount', 'block-s3-account-public-access', 1],
    ['AwsS3Bucket', 'block-s3-bucket-public-access', 2],
    ['AwsAccount', 'encrypt-ec2-volumes', 2],
    ['AwsKmsKey', 'rotate-kms-key', 2],
  ])('%s found from two Regions is locked by %s %i times (law 5)', (kind, playbook, times) => {
    const from = (Region: string) =>
      targetOf(aFinding({ region: Region }), { kind, id: 'x', tags: {} })!;

    const locks = [from('eu-west-1'), from('us-east-1')].map((each) => lockOf(playbook, each));

    expect(new Set(locks).size).toBe(times);
  });

  it.each([
    ['AwsIamUser', 'arn:aws:iam::123456789012:user/division/web/bob@acme', 'bob@acme'],
    ['AwsIamUser', 'arn:aws-cn:iam::123456789012:user/bob', 'bob'],
    ['AwsAccount', 'AWS::::Account:123456789012', '123456789012'],
    ['AwsAccount', '123456789012', '123456789012'],
    ['AwsKmsKey', 'arn:aws:kms:eu-west-1:123456789012:key/0a1b-2c3d', '0a1b-2c3d'],
    ['AwsKmsKey', 'arn:aws:kms:eu-west-1:123456789012:key/mrk-0a1b', 'mrk-0a1b'],
    ['AwsKmsKey', 'arn:aws:kms:eu-west-1:123456789012:alias/team/data', 'alias/team/data'],
  ])('%s %s is known as %s', (kind, arn, id) => {
    expect(targetOf(aFinding(), { kind, id: arn, tags: {} })?.id).toBe(id);
  });
});

describe('the hash of a plan', () => {
  it('covers what is changed, kept and warned of, not whom it touches at the moment (law 2)', () => {
    const { blastRadius: _, ...rest } = aPlan();
    const changed = [
      aPlan({ effects: [] }),
      aPlan({ keeps: ['x'] }),
      aPlan({ warnings: ['x'] }),
      aPlan({ steps: [] }),
      aPlan({ reversible: { not: 'x' } }),
    ];

    expect(planHash(aPlan({ blastRadius: ['more'] }))).toBe(planHash({ ...rest, blastRadius: [] }));
    expect(new Set([aPlan(), ...changed].map(planHash)).size).toBe(changed.length + 1);
  });
});

it('a case that nobody thought of is an error with its name', () => {
  expect(() => never('dancing' as never)).toThrow('unhandled case "dancing"');
});
