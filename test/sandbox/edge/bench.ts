import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

import { startEdge, type Edge, type Role } from '../../../sandbox/edge';
import { startUpstream, type Upstream } from './upstream';

export const bot = '111122223333';
export const workloads = '444455556666';
export const role: Role = {
  arn: `arn:aws:iam::${workloads}:role/DrawbridgeResponder`,
  principals: [`arn:aws:iam::${bot}:root`],
  externalId: 'drawbridge-sandbox',
  policies: [{ Statement: { Effect: 'Allow', Action: ['ec2:*', 'ssm:*'], Resource: '*' } }],
};
const instances = '<DescribeInstancesResponse><reservationSet/></DescribeInstancesResponse>';

export interface Bench {
  edge: Edge;
  ministack: Upstream;
  moto: Upstream;
  hub: Upstream;
}

/** An edge in front of three stand-ins, new for each test. */
export const startBench = async (): Promise<Bench> => {
  const [ministack, moto, hub] = await Promise.all([
    startUpstream(),
    startUpstream(),
    startUpstream(),
  ]);
  moto.reply(200, 'text/xml', instances);
  const edge = await startEdge({
    port: 0,
    botAccount: bot,
    upstreams: { ministack: ministack.url, moto: moto.url, hub: hub.url },
    roles: [role],
  });
  return { edge, ministack, moto, hub };
};

export const stopBench = async ({ edge, ...upstreams }: Bench): Promise<void> => {
  await edge.close();
  await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
};

/** Settings of an SDK client that calls as the product's functions do. */
export const settingsOf =
  (edge: Edge) =>
  (accessKeyId = bot, sessionToken?: string) => ({
    endpoint: edge.url,
    region: 'us-east-1',
    maxAttempts: 1,
    userAgentAppId: 'drawbridge-remediation',
    credentials: { accessKeyId, secretAccessKey: 'x', ...(sessionToken ? { sessionToken } : {}) },
  });

/** Settings of a client that holds a session of the responder role. */
export const assumeThrough =
  (edge: Edge) =>
  async (policy?: object, ExternalId = 'drawbridge-sandbox') => {
    const { Credentials } = await new STSClient(settingsOf(edge)()).send(
      new AssumeRoleCommand({
        RoleArn: role.arn,
        RoleSessionName: 'step-1',
        ExternalId,
        ...(policy ? { Policy: JSON.stringify(policy) } : {}),
      }),
    );
    return settingsOf(edge)(Credentials?.AccessKeyId, Credentials?.SessionToken);
  };
