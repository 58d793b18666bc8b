import type { Plan, Planned } from '../../src/domain/plan';
import type { ReplacePermissions } from '../../src/operations/lambda/replace-permissions';
import { closeLambdaPublicPolicy as playbook } from '../../src/playbooks/close-lambda-public-policy/playbook';
import { account, anAsked } from '../support/builders';
import type { MemoryLambda } from '../support/memory-lambda';
import { closeLambdaPublicPolicy as worlds } from './samples/close-lambda-public-policy';

export const look = async (lambda: MemoryLambda, id = 'resize'): Promise<Planned> => {
  const asked = anAsked({ target: { ...worlds.target, id }, control: 'Lambda.1' });
  return playbook.plan(await playbook.read(lambda, asked), asked);
};

export const planOf = async (...given: Parameters<typeof look>): Promise<Plan> => {
  const planned = await look(...given);
  if (planned.kind !== 'plan') throw new Error(`${planned.kind}: ${planned.because}`);
  return planned.plan;
};

export const inputOf = ({ steps }: Plan) => steps[0]!.input as ReplacePermissions;
export const changeOf = (plan: Plan) => {
  const { remove, add } = inputOf(plan);
  return { remove: remove.map(({ sid }) => sid), add: add.map(({ sid }) => sid) };
};

export const all = { StatementId: 'all', Principal: '*' };
export const partner = { StatementId: 'partner', Principal: '999988887777' };
export const url = {
  StatementId: 'FunctionURLAllowPublicAccess',
  Principal: '*',
  Action: 'lambda:InvokeFunctionUrl',
  FunctionUrlAuthType: 'NONE' as const,
};
export const viaUrl = { StatementId: 'via', Principal: '*', InvokedViaFunctionUrl: true };
export const events = {
  StatementId: 's3',
  Principal: 's3.amazonaws.com',
  SourceArn: 'arn:aws:s3:::acme-raw',
};
export const own = { ...events, StatementId: 'own', SourceAccount: account };
export const topic = {
  StatementId: 'sns',
  Principal: 'sns.amazonaws.com',
  SourceArn: `arn:aws:sns:eu-west-1:${account}:topic`,
};
