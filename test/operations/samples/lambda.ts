import type { AddPermissionRequest } from '@aws-sdk/client-lambda';
import type { ReplacePermissions } from '../../../src/operations/lambda/replace-permissions';
import { parsePolicy, type Statement } from '../../../src/operations/policy-document';
import { account } from '../../support/builders';
import { MemoryLambda, statementOf } from '../../support/memory-lambda';
import type { Sample } from './sample';

type Given = Omit<AddPermissionRequest, 'FunctionName'>;

/** The statement that AddPermission would write, as it is read back. */
export const permission = (given: Partial<Given> & { StatementId: string }): Statement => {
  const raw = statementOf({
    FunctionName: 'resize',
    Action: 'lambda:InvokeFunction',
    Principal: '*',
    ...given,
  });
  const [statement] = parsePolicy(JSON.stringify({ Statement: raw })) ?? [];
  if (!statement) throw new TypeError('the sample is no policy');
  return statement;
};

const raw = (given: Partial<Given> & { StatementId: string }, Qualifier?: string) =>
  statementOf({
    FunctionName: 'resize',
    Action: 'lambda:InvokeFunction',
    Principal: '*',
    ...(Qualifier && { Qualifier }),
    ...given,
  });

const everybody = { StatementId: 'all' };
const url = {
  StatementId: 'url',
  Action: 'lambda:InvokeFunctionUrl',
  FunctionUrlAuthType: 'NONE' as const,
};
const viaUrl = { StatementId: 'via', InvokedViaFunctionUrl: true };
const events = {
  StatementId: 's3',
  Principal: 's3.amazonaws.com',
  SourceArn: 'arn:aws:s3:::acme-raw',
};
const own = { ...events, StatementId: 's3-own-account', SourceAccount: account };
const partner = { StatementId: 'partner', Principal: '999988887777' };

const replace = (
  name: string,
  before: readonly (Partial<Given> & { StatementId: string })[],
  { remove = [], add = [] }: { remove?: (typeof before)[number][]; add?: typeof remove },
  qualifier?: string,
): Sample => {
  const of = qualifier === undefined ? {} : { Qualifier: qualifier };
  const input: ReplacePermissions = {
    function: 'resize',
    ...(qualifier !== undefined && { qualifier }),
    remove: remove.map((each) => permission({ ...each, ...of })),
    add: add.map((each) => permission({ ...each, ...of })),
  };
  const world = (): MemoryLambda => {
    const lambda = new MemoryLambda();
    lambda.function('resize', {
      statements: (qualifier === undefined ? before : [everybody]).map((each) => raw(each)),
    });
    if (qualifier !== undefined)
      lambda.function(`resize:${qualifier}`, {
        statements: before.map((each) => raw(each, qualifier)),
      });
    return lambda;
  };
  return { name, input, world };
};

export const replacePermissions: readonly Sample[] = [
  replace('the only statement', [everybody], { remove: [everybody] }),
  replace('a public URL', [partner, url, viaUrl], { remove: [url, viaUrl] }),
  replace('a statement narrowed', [events, partner], { remove: [events], add: [own] }),
  replace('a rest that stood before', [events, own], { remove: [events], add: [own] }),
  replace('an alias', [everybody, partner], { remove: [everybody] }, 'live'),
  replace(
    'all that AddPermission can say',
    [
      { StatementId: 'org', PrincipalOrgID: 'o-1234567890', SourceAccount: account },
      { StatementId: 'alexa', Principal: 'alexa-appkit.amazon.com', EventSourceToken: 'skill' },
    ],
    {
      remove: [{ StatementId: 'org', PrincipalOrgID: 'o-1234567890', SourceAccount: account }],
    },
  ),
  replace('nothing to do', [partner], { remove: [everybody] }),
];
