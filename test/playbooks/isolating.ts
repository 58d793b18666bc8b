import type { Instance } from '@aws-sdk/client-ec2';
import type { Plan, Planned } from '../../src/domain/plan';
import { isolateEc2Instance } from '../../src/playbooks/isolate-ec2-instance/playbook';
import { anAsked } from '../support/builders';
import { limited } from '../support/estate';
import { awsError, type Handlers } from '../support/memory-aws';
import { aServer, type Server } from '../support/memory-server';
import { isolateEc2Instance as worlds } from './samples/isolate-ec2-instance';

export const { target } = worlds;

/** What the playbook plans for a server, under a session limited to its permissions. */
export const looked = async (
  server: ReturnType<typeof aServer>,
  options?: readonly string[],
): Promise<Planned> => {
  const asked = anAsked({ target, ...(options && { options }) });
  const aws = limited(server.aws, isolateEc2Instance.permissions);
  return isolateEc2Instance.plan(await isolateEc2Instance.read(aws, asked), asked);
};
export const look = (server: Server = {}, options?: readonly string[]) =>
  looked(aServer(server), options);

export const planIn = (planned: Planned): Plan => {
  if (planned.kind !== 'plan') throw new Error(`${planned.kind}: ${planned.because}`);
  return planned.plan;
};
export const planned = async (server: Server = {}, options?: readonly string[]) =>
  planIn(await look(server, options));

export const stepsOf = ({ steps }: Plan) => steps.map(({ operation }) => operation);
export const inputOf = ({ steps }: Plan, kind: string) =>
  steps.find(({ operation }) => operation === kind)?.input;
export const tagged = (...tags: [string, string][]): Instance => ({
  Tags: tags.map(([Key, Value]) => ({ Key, Value })),
});
export const refusing = (call: keyof Handlers): Handlers => ({
  [call]: () => {
    throw awsError('AccessDenied');
  },
});
