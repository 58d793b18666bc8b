import { account } from '../support/builders';
import { arnOf } from '../support/memory-lambda';
import { look, planOf, inputOf, all, partner, viaUrl, events } from './open-function';
import { functionWith } from './samples/close-lambda-public-policy';

describe('what stays', () => {
  it('is told: named callers, queues, and the policies of the others', async () => {
    const lambda = functionWith(all, partner);
    lambda.pageSize = 1;
    const resize = lambda.functions.get('resize')!;
    resize.sources = ['arn:aws:sqs:a', 'arn:aws:sqs:b'];

    const two = await planOf(lambda);
    resize.sources = ['arn:aws:sqs:a'];
    const one = await planOf(lambda);

    expect(two.keeps).toEqual([
      `Calls by IAM permissions of account ${account} go on.`,
      '2 event source mappings of the function: they use its role, not its policy.',
      'Statement “partner” lets arn:aws:iam::999988887777:root lambda:InvokeFunction.',
      'The policies of its aliases and versions: each has its own, and none was looked at.',
    ]);
    expect(one.keeps[1]).toMatch(/^1 event source mapping of/);
  });
});

describe('an alias or a version', () => {
  it.each(['live', '7'])('has a policy of its own: %s', async (qualifier) => {
    const lambda = functionWith(partner);
    const Resource = arnOf({ FunctionName: 'resize', Qualifier: qualifier });
    const statement = { Sid: 'all', Effect: 'Allow', Principal: '*', Action: 'lambda:*', Resource };
    lambda.function(`resize:${qualifier}`, { statements: [statement] });

    const plan = await planOf(lambda, `resize:${qualifier}`);

    expect(inputOf(plan)).toMatchObject({ function: 'resize', qualifier });
    expect(plan.keeps).toContain(
      'The policies of the function itself and of its other aliases and versions.',
    );
    expect((await look(lambda)).kind).toBe('compliant');
    expect((await look(lambda, 'resize:gone')).kind).toBe('compliant');
    // Lambda has no URL for a version, and calls the question invalid.
    const asked = lambda.calls.filter(({ name }) => name === 'lambda:GetFunctionUrlConfig');
    expect(asked.some(({ input }) => (input as { Qualifier?: string }).Qualifier === '7')).toBe(
      false,
    );
  });
});

describe('a refusal', () => {
  const withPolicy = (...Statement: object[]) => {
    const lambda = functionWith(partner);
    lambda.functions.get('resize')!.policy = JSON.stringify({ Version: '2012-10-17', Statement });
    return lambda;
  };
  const Resource = arnOf({ FunctionName: 'resize' });
  const raw = {
    Sid: 'all',
    Effect: 'Allow',
    Principal: '*',
    Action: 'lambda:InvokeFunction',
    Resource,
  };

  it.each<[string, object]>([
    ['has no name', { Sid: undefined }],
    ['speaks of several actions', { Action: ['lambda:InvokeFunction', 'lambda:GetFunction'] }],
    ['speaks of everybody but one', { Principal: undefined, NotPrincipal: { AWS: '1' } }],
    ['is bound by a key of another call', { Condition: { StringLike: { 'aws:Referer': '*' } } }],
    ['speaks of another function', { Resource: `${Resource}-2` }],
    ['speaks of two functions', { Resource: [Resource, `${Resource}-2`] }],
    [
      'is for S3 and another service',
      { Principal: { Service: ['s3.amazonaws.com', 'a.amazonaws.com'] } },
    ],
  ])('is given where a public statement %s: it could not be given back', async (_, more) => {
    expect(await look(withPolicy({ ...raw, ...more }))).toEqual({
      kind: 'refusal',
      because: expect.stringMatching(/^Statement “(all)?” is public, but AWS has no call/),
    });
  });

  it('is not given for a form that stays where it is', async () => {
    const deny = {
      ...raw,
      Sid: 'no',
      Effect: 'Deny',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const org = {
      ...raw,
      Sid: 's3',
      Principal: { Service: 's3.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceOrgID': 'o-1234567890' } },
    };

    expect((await planOf(withPolicy(raw, deny, org))).keeps).toContain(
      'Statement “no” denies everybody lambda:InvokeFunction, if aws:securetransport is false.',
    );
    const wide = { ...org, Condition: { StringEquals: { 'aws:SourceOrgID': 'o-*' } } };
    expect((await look(withPolicy(wide))).kind).toBe('refusal');
  });

  it('is given where the policy is not understood (law 10)', async () => {
    expect(await look(withPolicy({ ...raw, Unless: {} }))).toEqual({
      kind: 'refusal',
      because: 'The policy of resize has a form that is not known here.',
    });
  });
});

describe('a look', () => {
  it('finds a function that is gone', async () => {
    expect(await look(functionWith(), 'gone')).toEqual({
      kind: 'compliant',
      because: 'The function gone does not exist any more.',
    });
  });

  it.each([0, 1, 2, 3, 4])('passes any other error on (law 10): call %i', async (at) => {
    const lambda = functionWith(events);
    lambda.fail(at);

    await expect(look(lambda)).rejects.toThrow('UnauthorizedOperation');
  });

  it('says when the function was changed, and where its events come from', async () => {
    expect((await planOf(functionWith(events))).blastRadius).toEqual([
      'Function resize, last changed 2026-01-01T00:00:00.000+0000.',
      'The statements speak of arn:aws:s3:::acme-raw.',
    ]);
    expect((await planOf(functionWith(all))).blastRadius[1]).toMatch(/^Nothing says who uses/);
  });

  it('takes what AWS leaves out for unknown', async () => {
    const lambda = functionWith(all, viaUrl);
    const call = lambda.call.bind(lambda);
    const bare: Record<string, object> = {
      'lambda:GetFunctionConfiguration': { FunctionArn: arnOf({ FunctionName: 'resize' }) },
      'lambda:GetFunctionUrlConfig': {},
      'lambda:ListEventSourceMappings': {},
    };
    lambda.call = async (name, input) => (bare[name] as never) ?? call(name, input);

    expect((await planOf(lambda)).blastRadius[0]).toBe(
      'Function resize, last changed at an unknown time.',
    );
    bare['lambda:GetFunctionConfiguration'] = {};
    expect((await look(lambda)).kind).toBe('refusal');
  });
});
