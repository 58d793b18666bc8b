import { S3Client } from '@aws-sdk/client-s3';
import { Macie2Client } from '@aws-sdk/client-macie2';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { startHub, type EventBridgeEnvelope, type Hub } from '../../../../sandbox/hub/index';
import { watch } from './drift';

export const administrator = '111111111111';
export const member = '222222222222';
export const region = 'eu-west-1';

export interface Bench {
  hub: Hub;
  events: EventBridgeEnvelope[];
  clock: { time: Date; advance: (seconds: number) => void };
  securityHub: (account?: string) => SecurityHubClient;
  macie: (account?: string) => Macie2Client;
  ssm: (account?: string) => SSMClient;
  states: (account?: string) => SFNClient;
  close: () => Promise<void>;
}

const settings = (endpoint: string, account: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: account, secretAccessKey: 'none' },
  maxAttempts: 1,
});

/** A hub on a free port, a clock that only moves by hand, and real SDK clients for any account. */
export async function bench(s3Url = 'http://127.0.0.1:9'): Promise<Bench> {
  const clock = {
    time: new Date('2026-11-02T09:00:00.000Z'),
    advance: (seconds: number): void => {
      clock.time = new Date(clock.time.getTime() + seconds * 1000);
    },
  };
  const events: EventBridgeEnvelope[] = [];
  const s3 = new S3Client({ ...settings(s3Url, administrator), forcePathStyle: true });
  const hub = await startHub({
    port: 0,
    defaultAccount: administrator,
    s3,
    now: () => clock.time,
    emit: async (event) => {
      events.push(event);
    },
  });
  const clients: { destroy: () => void }[] = [s3];
  return {
    hub,
    events,
    clock,
    securityHub: (account = administrator) => {
      const client = new SecurityHubClient(settings(hub.url, account));
      watch(client, 'securityhub');
      clients.push(client);
      return client;
    },
    macie: (account = administrator) => {
      const client = new Macie2Client(settings(hub.url, account));
      watch(client, 'macie2');
      clients.push(client);
      return client;
    },
    ssm: (account = member) => {
      const client = new SSMClient(settings(hub.url, account));
      watch(client, 'ssm');
      clients.push(client);
      return client;
    },
    states: (account = member) => {
      const client = new SFNClient(settings(hub.url, account));
      watch(client, 'stepfunctions');
      clients.push(client);
      return client;
    },
    close: async () => {
      for (const client of clients) client.destroy();
      await hub.close();
    },
  };
}
