import { permissionOf } from '../../src/operations/lambda/permission';
import { replacePermissions } from '../../src/operations/lambda/replace-permissions';
import type { Statement } from '../../src/operations/policy-document';
import { account } from '../support/builders';
import { MemoryLambda, statementOf } from '../support/memory-lambda';
import { permission } from './samples/lambda';

const run = 'rem-0000000000/0';
const all = permission({ StatementId: 'all' });
const partner = permission({ StatementId: 'partner', Principal: '999988887777' });
const wide = permission({
  StatementId: 's3',
  Principal: 's3.amazonaws.com',
  SourceArn: 'arn:aws:s3:::acme-raw',
});
const own = permission({
  StatementId: 's3-own-account',
  Principal: 's3.amazonaws.com',
  SourceArn: 'arn:aws:s3:::acme-raw',
  SourceAccount: account,
});
const raw = (given: Parameters<typeof permission>[0]) =>
  statementOf({
    FunctionName: 'resize',
    Action: 'lambda:InvokeFunction',
    Principal: '*',
    ...given,
  });

const aFunction = (...given: Parameters<typeof permission>[0][]) => {
  const lambda = new MemoryLambda();
  return { lambda, resize: lambda.function('resize', { statements: given.map(raw) }) };
};
const s3 = {
  StatementId: 's3',
  Principal: 's3.amazonaws.com',
  SourceArn: 'arn:aws:s3:::acme-raw',
};
const input = { function: 'resize', remove: [wide], add: [own] };
const read = (lambda: MemoryLambda) => replacePermissions.read(lambda, input, run);
const sids = async (lambda: MemoryLambda) => (await read(lambda)).map(({ sid }) => sid);

describe('a change', () => {
  it('adds the narrower statement before it takes the wide one away', async () => {
    const { lambda } = aFunction(s3);

    await replacePermissions.apply(lambda, input, [wide], run);

    const changes = lambda.calls.filter(({ name }) => !name.includes(':Get'));
    expect(changes.map(({ name }) => name)).toEqual([
      'lambda:AddPermission',
      'lambda:RemovePermission',
    ]);
    expect(changes.every((each) => (each.input as { RevisionId?: string }).RevisionId)).toBe(true);
  });

  it('names the revision that it read: what others changed meanwhile is seen, not written over', async () => {
    const { lambda, resize } = aFunction(s3);
    // Between our read and our change the statement is made another one under the same name.
    lambda.meanwhile = () => {
      resize.statements = [raw({ ...s3, SourceAccount: account })];
      resize.revision += 1;
    };

    await replacePermissions.apply(lambda, { ...input, add: [] }, [wide], run);

    expect(await read(lambda)).toEqual([{ ...own, sid: 's3' }]);
  });

  it('takes what was done by others, or by an answer that got lost, for done', async () => {
    const { lambda, resize } = aFunction(s3);
    lambda.meanwhile = () => {
      resize.statements = [
        ...resize.statements,
        raw({ ...s3, StatementId: own.sid, SourceAccount: account }),
      ];
      resize.revision += 1;
    };

    await replacePermissions.apply(lambda, input, [wide], run);

    expect(await sids(lambda)).toEqual([own.sid]);
  });

  it('gives up on a policy that changes all the time', async () => {
    const { lambda, resize } = aFunction(s3);
    const again = () => {
      resize.revision += 1;
      lambda.meanwhile = again;
    };
    again();

    await expect(replacePermissions.apply(lambda, input, [wide], run)).rejects.toThrow(
      'PreconditionFailedException',
    );
    expect(await sids(lambda)).toEqual(['s3']);
  });

  it('does not take a name that another statement has', async () => {
    const { lambda } = aFunction(s3, { StatementId: own.sid, Principal: '999988887777' });

    await expect(replacePermissions.apply(lambda, input, await read(lambda), run)).rejects.toThrow(
      'ResourceConflictException',
    );
    expect(await sids(lambda)).toEqual(['s3', own.sid]);
  });

  it('of an alias leaves the policy of the function alone', async () => {
    const { lambda, resize } = aFunction({ StatementId: 'all' });
    lambda.function('resize:live', {
      statements: [raw({ StatementId: 'all', Qualifier: 'live' })],
    });
    const of = { function: 'resize', qualifier: 'live' };
    const before = await replacePermissions.read(lambda, { ...of, remove: [], add: [] }, run);

    await replacePermissions.apply(lambda, { ...of, remove: before, add: [] }, before, run);

    expect([resize.statements.length, lambda.functions.get('resize:live')?.statements]).toEqual([
      1,
      [],
    ]);
  });

  it('fails when the function is gone', async () => {
    const lambda = new MemoryLambda();

    await expect(replacePermissions.apply(lambda, input, [], run)).rejects.toThrow(
      'ResourceNotFoundException',
    );
  });
});

describe('a policy that is not understood', () => {
  it('is not read as empty (law 10)', async () => {
    const { lambda, resize } = aFunction();
    resize.policy = '{"Statement":[{"Effect":"Allow","Unless":{}}]}';

    await expect(read(lambda)).rejects.toThrow(
      'The policy of resize has a form that is not known here.',
    );
  });
});

describe('the way back', () => {
  it('puts a statement in the place of one that took its name since', async () => {
    const { lambda } = aFunction({ StatementId: 'all', Principal: '999988887777' });
    const of = { ...input, remove: [all], add: [] };

    await replacePermissions.undo(lambda, of, [all], await read(lambda));

    expect(await read(lambda)).toEqual([all]);
  });

  it('leaves a narrowed statement that stood before, and what others added', async () => {
    const { lambda } = aFunction(
      { ...s3, StatementId: own.sid, SourceAccount: account },
      { StatementId: 'partner', Principal: '999988887777' },
    );

    await replacePermissions.undo(lambda, input, [wide, own], await read(lambda));

    expect(await sids(lambda)).toEqual(['partner', 's3', own.sid]);
  });

  it('says so where AWS has no call for a statement', async () => {
    const { lambda } = aFunction();
    const odd: Statement = { ...all, sid: '' };

    await expect(
      replacePermissions.undo(lambda, { ...input, remove: [odd] }, [odd], []),
    ).rejects.toThrow('AWS has no call that writes the statement “”.');
  });
});

describe('the words', () => {
  it('count the statements', () => {
    expect(replacePermissions.describe(input)).toBe(
      'Replace 1 statement of the policy of resize by 1',
    );
    expect(
      replacePermissions.describe({ ...input, qualifier: 'live', remove: [all, wide], add: [] }),
    ).toBe('Replace 2 statements of the policy of resize:live by 0');
  });

  it('tell what others added and removed since', () => {
    const [added, removed] = replacePermissions.drift([all, partner], [partner, wide]);

    expect(added).toMatch(/^added since: “s3” lets s3\.amazonaws\.com lambda:InvokeFunction on /);
    expect(removed).toMatch(/^removed since: “all” lets everybody lambda:InvokeFunction on /);
  });
});

describe('a statement as AddPermission takes it', () => {
  it.each([
    { StatementId: 'a', Principal: '*', PrincipalOrgID: 'o-1', SourceAccount: account },
    {
      StatementId: 'a',
      Principal: 's3.amazonaws.com',
      SourceArn: 'arn:aws:s3:::b',
      SourceAccount: account,
    },
    { StatementId: 'a', Principal: 'alexa-appkit.amazon.com', EventSourceToken: 't' },
    {
      StatementId: 'a',
      Principal: '*',
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'AWS_IAM' as const,
    },
    { StatementId: 'a', Principal: '*', Action: 'lambda:*', InvokedViaFunctionUrl: false },
    { StatementId: 'a', Principal: `arn:aws:iam::${account}:root` },
  ])('comes back as it was: %j', (given) => {
    expect(permissionOf(permission(given))).toEqual({ Action: 'lambda:InvokeFunction', ...given });
  });

  const bound = (operator: string, key: string, ...values: string[]) => ({
    ...all,
    conditions: [{ operator, key, values }],
  });

  it.each<[string, Statement]>([
    ['that denies', { ...all, effect: 'Deny' }],
    ['without a name', { ...all, sid: '' }],
    ['with a name of another form', { ...all, sid: 'all of them' }],
    ['with two actions', { ...all, actions: ['lambda:InvokeFunction', 'lambda:GetFunction'] }],
    ['with an action of another service', { ...all, actions: ['s3:GetObject'] }],
    ['for everything but', { ...all, except: ['actions'] }],
    ['with two principals', { ...all, principals: { AWS: ['a', 'b'] } }],
    ['with two kinds of principals', { ...all, principals: { AWS: ['a'], Service: ['b'] } }],
    ['with no principal', { ...all, principals: {} }],
    ['with a federated principal', { ...all, principals: { Federated: ['accounts.google.com'] } }],
    ['bound by another operator', bound('stringlike', 'aws:sourcearn', 'arn:a')],
    ['bound by another key', bound('stringequals', 'aws:sourcevpce', 'vpce-1')],
    ['bound to two values', bound('arnlike', 'aws:sourcearn', 'a', 'b')],
    ['bound to no value', bound('arnlike', 'aws:sourcearn')],
    [
      'bound to a sign-in that is not known',
      bound('stringequals', 'lambda:functionurlauthtype', 'X'),
    ],
  ])('has no call %s', (_, each) => {
    expect(permissionOf(each)).toBeUndefined();
  });
});
