import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { realClock, type Clock } from './clock';
import type { Driver } from './driver';
import { verifyRequestUrl } from './events';
import { team } from './people';
import { localDriver } from './person/driver';
import { preparePage } from './server/page';
import { route, type Feed } from './server/routes';
import type { ApiCall, CommandHint, World } from './world';

export { manualClock, type Clock } from './clock';
export { connectDriver } from './driver';
export type * from './driver';
export type { ApiCall, CommandHint, Message } from './world';

export interface WorkspaceOptions {
  /** 0: any free port. */
  port: number;
  signingSecret: string;
  botToken: string;
  appId?: string;
  teamId?: string;
  /** One URL for commands, interactivity and events. */
  requestUrl?: string;
  /** Offers a panel on the page that sends any finding as EventBridge would. */
  feed?: (event: unknown) => Promise<void>;
  /** Findings that the feed panel offers by name. */
  samples?: () => Promise<{ name: string; event: unknown }[]>;
  /** The registered commands. Without them the bot is sent any. */
  commands?: readonly CommandHint[];
  /** Events of the Events API that the app subscribed to; others are not sent. app_home_opened unless given. */
  events?: readonly string[];
  clock?: Clock;
  /** Posts above one a second and channel that are let through; 0 unless given. */
  postBurst?: number;
}

export interface Workspace {
  url: string;
  /** Ends with `/api/`: the Web API client's `slackApiUrl`. */
  apiUrl: string;
  setRequestUrl(url: string): void;
  /** Sends url_verification; true if the challenge came back. */
  verifyRequestUrl(): Promise<boolean>;
  /** Bundles the page now instead of at the first visit. */
  preparePage(): Promise<void>;
  /** Every Web API call and response_url post, refused ones too, without tokens. */
  log: readonly ApiCall[];
  driver: Driver;
  close(): Promise<void>;
}

const newWorld = (options: WorkspaceOptions): World => ({
  clock: options.clock ?? realClock,
  appId: options.appId ?? 'A0DRAWBRDG',
  teamId: options.teamId ?? team.id,
  botToken: options.botToken,
  signingSecret: options.signingSecret,
  requestUrl: options.requestUrl,
  url: '',
  postBurst: options.postBurst ?? 0,
  commands: options.commands ?? [],
  events: options.events ?? ['app_home_opened'],
  messages: new Map(),
  ephemerals: [],
  modals: new Map(),
  homes: new Map(),
  triggers: new Map(),
  responseUrls: new Map(),
  files: new Map(),
  calls: new Map(),
  log: [],
  listeners: new Set(),
  lastTs: 0,
  closed: false,
});

export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const world = newWorld(options);
  const driver = localDriver(world);
  const feed: Feed = { send: options.feed, samples: options.samples };
  const server = createServer((request, response) => {
    route({ world, driver, feed }, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end(error instanceof Error ? error.message : String(error));
    });
  });
  world.url = `http://127.0.0.1:${await listen(server, options.port)}`;
  return {
    url: world.url,
    apiUrl: `${world.url}/api/`,
    setRequestUrl: (url) => {
      world.requestUrl = url;
    },
    verifyRequestUrl: () => verifyRequestUrl(world),
    preparePage,
    log: world.log,
    driver,
    async close() {
      world.closed = true;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
