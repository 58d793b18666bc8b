import { S3Client } from '@aws-sdk/client-s3';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { serviceKey, startEdge, type Edge } from './edge';
import { startEmulators, type Emulators } from './emulators';
import * as estate from './estate';
import { startHub, type Hub } from './hub';
import { choosePorts, type Ports } from './ports';
import { startWorkspace, type Workspace } from './slack';
import { bot } from './slack/people';
import * as stack from './stack';
import { startTool, toolAt } from './tool';
import { manifest } from '../tools/slack-manifest';

export interface WorldOptions {
  /** A number is the Slack page's port; the others follow it. */
  readonly ports: 'free' | number;
  /** Builds the workloads account and reports what is wrong with it. */
  readonly seed: boolean;
  /** Fills the raw bucket of the data gate with files of all kinds. */
  readonly data?: boolean;
  readonly root?: string;
  /** How long a workflow's pauses last, as a part of what it says; 1 where times are measured. */
  readonly pauses?: number;
  /** How long tools of others work, in seconds of the clock. */
  readonly engineSeconds?: number;
  /** Told when a part is up, with the seconds that it took. */
  readonly progress?: (part: string, seconds: number) => void;
  /** Told in words when an emulator ends by itself; the world is of no more use then. */
  readonly onDeath?: (message: string) => void;
}

/** Everything that the product meets: the product itself deployed, the AWS around it and the Slack in front. */
export interface World {
  readonly slack: Workspace;
  readonly edge: Edge;
  readonly hub: Hub;
  readonly emulators: Emulators;
  readonly deployment: stack.Deployment;
  /** Only in a seeded world. */
  readonly estate: estate.Estate | undefined;
  readonly urls: Readonly<Record<keyof Ports | 'api' | 'tool', string>>;
  /** Feeds an event to the bot as the service that sends it would. */
  feed(event: estate.EventEnvelope): Promise<void>;
  close(): Promise<void>;
}

const { botAccount, workloads, externalId } = estate;
const secrets = { botToken: 'xoxb-sandbox', signingSecret: 'sandbox-signing-secret' };

const slackParameter = JSON.stringify({
  ...secrets,
  appId: 'A0DRAWBRDG',
  botId: bot.botId,
  botUserId: bot.userId,
});

const isPost = ({ method }: { readonly method: string }): boolean => method === 'chat.postMessage';

const local = (port: number): string => `http://127.0.0.1:${port}`;

/** Starts the parts in the order in which they need one another; a failure ends those already started. */
export const startWorld = async (options: WorldOptions): Promise<World> => {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const root = options.root ?? join(__dirname, '..');
  const started: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    while (started.length > 0) await started.pop()?.close();
  };
  const part = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const from = Date.now();
    const result = await work();
    options.progress?.(name, (Date.now() - from) / 1000);
    return result;
  };
  const keep = <T extends { close(): Promise<void> }>(it: T): T => {
    started.push(it);
    return it;
  };

  const build = async (): Promise<World> => {
    const ports = await choosePorts(options.ports);
    const upstreams = {
      ministack: local(ports.ministack),
      moto: local(ports.moto),
      hub: local(ports.hub),
    };
    const edge = keep(await startEdge({ port: ports.edge, botAccount, upstreams }));
    const emit: estate.Announcer['emit'] = (event) => edge.emit(event);
    const announcer: estate.Announcer = { endpoint: edge.url, emit };
    const feed = (event: estate.EventEnvelope) => estate.feedEvent(announcer, event);
    let seeded: estate.Estate | undefined;

    const packaging = part('package', () => stack.packageStack(root));
    const emulating = part('emulators', async () =>
      keep(
        await startEmulators({
          root,
          ports,
          awsEndpoint: edge.url,
          account: botAccount,
          pauses: options.pauses ?? 0.2,
          onDeath: options.onDeath ?? console.error,
        }),
      ),
    );
    const opening = part('hub (Macie, Security Hub)', async () => {
      const s3 = new S3Client(stack.asAccount(edge.url, serviceKey));
      const { engineSeconds } = options;
      const settings = { port: ports.hub, defaultAccount: botAccount, s3, emit };
      return keep(await startHub({ ...settings, ...(engineSeconds && { engineSeconds }) }));
    });
    const chatting = part('Slack workspace', async () =>
      keep(
        await startWorkspace({
          port: ports.slack,
          ...secrets,
          feed: (event) => feed(event as estate.EventEnvelope),
          commands: manifest('https://sandbox.invalid').features.slash_commands.map(
            ({ command, usage_hint: hint, description }) => ({ command, hint, description }),
          ),
          samples: () => Promise.resolve(seeded ? estate.samplesOf(seeded) : []),
        }),
      ),
    );
    // All are awaited before one may fail: what is still starting must not outlive the failure.
    await Promise.allSettled([packaging, emulating, opening, chatting]);
    const [packaged, emulators] = [await packaging, await emulating];
    const [hub, slack] = [await opening, await chatting];

    const deploy = async (): Promise<stack.Deployment> => {
      const parameter =
        stack.environmentOf(packaged.update, 'SLACK_PARAMETER') ?? '/drawbridge/slack';
      const tools = stack.environmentOf(packaged.update, 'WEBHOOK_PARAMETERS') ?? '';
      await stack.putParameters(edge.url, botAccount, {
        [parameter]: slackParameter,
        [`${tools}/${toolAt.secretName}`]: toolAt.secret,
      });
      return stack.deployStack({
        endpoint: edge.url,
        account: botAccount,
        packaged,
        environment: { SLACK_API_URL: slack.apiUrl, EXTERNAL_ID: externalId },
      });
    };
    const deploying = part('deployed stack', deploy);
    const building = options.seed
      ? part('workloads account', () => estate.seedEstate(edge.url))
      : Promise.resolve(undefined);
    await Promise.allSettled([deploying, building]);
    const deployment = await deploying;
    const built = await building;
    const { functionRoles } = deployment;
    const responders = functionRoles['drawbridge-remediation'] ?? `arn:aws:iam::${botAccount}:root`;
    edge.nameFunctions((appId) => functionRoles[appId]);
    edge.addRoles(estate.responderRoles(root, [botAccount, workloads], [responders]));
    slack.setRequestUrl(`${deployment.apiUrl}/slack/events`);
    await estate.openGate(edge.url, deployment.outputs);
    if (built) {
      seeded = built;
      const firstShown = async (): Promise<void> => {
        for (let waits = 0; waits < 60 && !slack.log.some(isPost); waits += 1) await sleep(50);
      };
      const announcing = () => estate.announceFindings({ ...announcer, firstShown }, built);
      keep(await part('findings', announcing));
    }
    if (options.data) {
      const raw = deployment.outputs['GateRawBucketName'] ?? '';
      const filling = () => estate.fillRaw(stack.asAccount(edge.url, botAccount), raw);
      await part('data for the gate', filling);
    }
    const { url: tool } = keep(await startTool(toolAt));
    const urls = { ...upstreams, tool, slack: slack.url, edge: edge.url, api: deployment.apiUrl };
    return { slack, edge, hub, emulators, deployment, estate: built, urls, feed, close };
  };

  try {
    return await build();
  } catch (error) {
    await close();
    throw error;
  }
};
