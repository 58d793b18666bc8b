import {
  CreateActionTargetCommand,
  DescribeActionTargetsCommand,
  SecurityHubClient,
  UpdateActionTargetCommand,
  type ActionTarget,
} from '@aws-sdk/client-securityhub';
import { sendHere } from '../src/findings/custom-action';
import { asCommand } from './command';
import { readPolicy } from './policy-rules';
import { textOf } from './source';

const usage = `npm run securityhub:actions [-- --check]
Registers “${sendHere.name}” among Security Hub's custom actions, in the Region of the hub (config/drawbridge.yml), under the
credentials of the hub's administrator account. --check changes nothing and fails if it is not as it should be.`;

export type State = 'as it should be' | 'to be created' | 'to be updated';

/** Looks for the action and, unless only checking, makes it what it should be. Twice is once. */
export const register = async (client: SecurityHubClient, check = false): Promise<State> => {
  const { id: Id, name: Name, description: Description } = sendHere;
  const found = await find(client);
  if (!found) {
    if (!check) await client.send(new CreateActionTargetCommand({ Id, Name, Description }));
    return 'to be created';
  }
  if (found.Name === Name && found.Description === Description) return 'as it should be';
  const { ActionTargetArn } = found;
  if (!check)
    await client.send(new UpdateActionTargetCommand({ ActionTargetArn, Name, Description }));
  return 'to be updated';
};

const find = async (client: SecurityHubClient): Promise<ActionTarget | undefined> => {
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeActionTargetsCommand({ ...(NextToken && { NextToken }) }),
    );
    const found = page.ActionTargets?.find(({ ActionTargetArn }) =>
      ActionTargetArn?.endsWith(`:action/custom/${sendHere.id}`),
    );
    if (found) return found;
    NextToken = page.NextToken;
  } while (NextToken);
  return undefined;
};

const main = async (): Promise<number> => {
  const args = process.argv.slice(2);
  const check = args.includes('--check');
  if (args.some((arg) => arg !== '--check')) {
    console.error(usage);
    return 2;
  }
  const read = readPolicy(textOf('config/drawbridge.yml'), new Date());
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  const { region } = read.policy.hub;
  const state = await register(new SecurityHubClient({ region }), check);
  const said = check || state === 'as it should be' ? state : state.replace('to be ', '');
  console.log(`“${sendHere.name}” in ${region}: ${said}`);
  return check && state !== 'as it should be' ? 1 : 0;
};

if (require.main === module) void asCommand(main);
