import {
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  type GetCommandInvocationCommandOutput,
  SendCommandCommand,
  type SendCommandCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';

import type { ClientSettings } from '../../../sandbox/stack';

export interface Agents {
  readonly ssm: SSMClient;
  /** Instance → ping status, of those that are managed. */
  pings(...ids: string[]): Promise<Record<string, string | undefined>>;
  /** The id of the command. */
  send(id: string, lines?: string[], more?: Partial<SendCommandCommandInput>): Promise<string>;
  ask(command: string, id: string, step?: string): Promise<GetCommandInvocationCommandOutput>;
  /** What the answers say one after the other: a status, or the name of an error. */
  follow(command: string, id: string, answers: number): Promise<unknown[]>;
}

export const agents = (settings: ClientSettings): Agents => {
  const ssm = new SSMClient(settings);

  const pings = async (...ids: string[]) => {
    const Filters = [{ Key: 'InstanceIds', Values: ids }];
    const found = await ssm.send(new DescribeInstanceInformationCommand({ Filters }));
    return Object.fromEntries(
      (found.InstanceInformationList ?? []).map((it) => [it.InstanceId, it.PingStatus]),
    );
  };

  const send = async (
    id: string,
    commands: string[] = ['ps -ef'],
    more: Partial<SendCommandCommandInput> = {},
  ) => {
    const asked = { DocumentName: 'AWS-RunShellScript', Parameters: { commands }, ...more };
    const sent = await ssm.send(new SendCommandCommand({ InstanceIds: [id], ...asked }));
    return sent.Command?.CommandId ?? '';
  };

  const ask = (CommandId: string, InstanceId: string, PluginName?: string) =>
    ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId, PluginName }));

  const follow = async (command: string, id: string, answers: number) => {
    const told: unknown[] = [];
    for (let n = 0; n < answers; n += 1) {
      const answer = ask(command, id).then(({ StatusDetails }) => StatusDetails);
      told.push(await answer.catch((error: unknown) => (error as Error).name));
    }
    return told;
  };

  return { ssm, pings, send, ask, follow };
};
