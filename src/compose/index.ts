import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { getParameter } from '@aws-lambda-powertools/parameters/ssm';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { randomBytes } from 'node:crypto';
import policy from '../../config/drawbridge.yml';
import { groupFor } from '../app/groups';
import { nudgeGate } from '../app/gate/nudge';
import type { Lists } from '../app/lists';
import type { Deps, DoorDeps, People } from '../app/ports';
import { publish } from '../app/publish';
import { archiveKey, archiveOn } from '../aws/archive';
import { cardsOn } from '../aws/cards';
import { listsOn } from '../aws/lists';
import { estateThrough } from '../aws/estate';
import { shelfIn } from '../aws/evidence';
import { gateStoreOn } from '../aws/gate/store';
import { groupsOn } from '../aws/groups';
import { countThrough, statsFor } from '../aws/measures';
import { emitThrough } from '../aws/metrics';
import { noncesOn } from '../aws/nonces';
import { outcomesOn } from '../aws/outcomes';
import { outboxOn } from '../aws/queue';
import { securityHub } from '../aws/security-hub';
import { storeOn } from '../aws/store';
import { Table } from '../aws/table';
import { workflowOn } from '../aws/workflow';
import { gateSettings, settings } from '../config';
import type { Link } from '../domain/audit';
import { Told } from '../domain/errors';
import type { Finding } from '../domain/finding';
import { isOfRun } from '../domain/gate/of-run';
import type { Group } from '../domain/group';
import type { ChannelId, GateRunId } from '../domain/ids';
import type { Message } from '../domain/message';
import { exceptionFor } from '../domain/policy';
import { endpointsOf, offersOf } from '../domain/tools';
import { operationOf } from '../operations';
import { playbooks } from '../playbooks';
import { declared } from '../playbooks/declared';
import { offers as written } from '../playbooks/offers';
import { slackApp } from '../slack/app';
import { chatThrough } from '../slack/chat';
import { entrance } from '../slack/entrance';
import { clickClient, workClient } from '../slack/client';
import { peopleIn } from '../slack/people';
import type { DeskDeps } from '../slack/desk/deps';
import { statsThrough } from '../slack/desk/stats';
import { filesInto, uploadFile } from '../slack/files';
import { linksThrough } from '../slack/links';
import { repliesTo, responseOrigin } from '../slack/replies';
import { screensThrough } from '../slack/screens';
import { SlackSecrets } from '../slack/secrets';

/**
 * The only place that builds clients. One function per Lambda, so that each bundle holds what it uses: with
 * `sideEffects: false` the bundler drops the rest of this file.
 */
export const logger = new Logger({ serviceName: 'drawbridge' });

export const now = () => new Date();
export const random = () =>
  BigInt(`0x${randomBytes(13).toString('hex')}`)
    .toString(36)
    .padStart(20, '0')
    .slice(-20);
export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export const once = /* @__NO_SIDE_EFFECTS__ */ <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** Whatever can be offered: playbooks that are written, and those that the policy declares. */
const offers = once(() => [...written, ...offersOf(policy.tools)]);

export const table = once(() => new Table(new DynamoDBClient({}), settings.table()));
const store = once(() => storeOn(table(), now));
const workflow = once(() => workflowOn(new SFNClient({}), settings.stateMachine()));
const gate = once(() => gateStoreOn(new DynamoDBClient({}), settings.table(), table()));
const gateWorkflow = once(() => workflowOn(new SFNClient({}), gateSettings.gateMachine()));
// The queue's URL is not an endpoint: behind a proxy the two differ.
const outbox = once(() =>
  outboxOn(new SQSClient({ useQueueUrlAsEndpoint: false }), settings.outbox()),
);
const lists = once(() => listsOn(new DynamoDBClient({}), settings.table(), table()));
const groups = once(() => groupsOn(new DynamoDBClient({}), settings.table(), table(), now));
const source = once(() => securityHub(new SecurityHubClient({ region: policy.hub.region })));

/** Kept for five minutes, so that a rotated secret is taken up without a deployment. */
export const secrets = async (anew = false): Promise<SlackSecrets> => {
  const options = { decrypt: true, transform: 'json', maxAge: 300, forceFetch: anew } as const;
  return SlackSecrets.parse(await getParameter(settings.slackParameter(), options));
};

/** The tools of the policy, each with the secret that it and we know. */
const webhooks = once(() => ({
  endpoints: endpointsOf(policy.tools),
  async secretOf(name: string): Promise<string> {
    const parameter = `${settings.webhookParameters()}/${name}`;
    const secret = await getParameter(parameter, { decrypt: true, maxAge: 300 });
    if (!secret) throw new Told(`There is no signing secret ${parameter}.`);
    return secret;
  },
  now,
}));

export const enter = once(() => entrance(secrets, now));

export const nonces = once(() => noncesOn(table(), now));

/** Kept from call to call, since Slack lists a group's members some twenty times a minute only. */
let asked: { token: string; people: People } | undefined;
export const people = (token: string): People => {
  if (asked?.token !== token)
    asked = { token, people: peopleIn(clickClient(token, settings.slackApiUrl()), policy, now) };
  return asked.people;
};

export const door = async (known: SlackSecrets): Promise<DoorDeps> => ({
  store: store(),
  people: people(known.botToken),
  offers: offers(),
  policy,
  now,
  random,
});

export const bolt = async (known: SlackSecrets, reference: () => string) =>
  slackApp(await door(known), known, settings.slackApiUrl(), logger, reference).start();

const groupOf = (finding: Finding, channel: ChannelId) =>
  groupFor({ groups: groups(), policy, now }, finding, channel);

export const intakeDeps = once(() => ({
  store: store(),
  policy,
  now,
  offers: offers(),
  exceptionFor: (finding: Finding, at: Date) => exceptionFor(policy, finding, at),
  groupOf,
  isOfGate: (finding: Finding) => isOfRun(finding, gateSettings.stageBucket()),
}));

/** Kept from call to call, since it remembers when it last posted; made anew when the token was rotated. */
let chat: { of: string; through: ReturnType<typeof chatThrough> } | undefined;

export const outboxDeps = async () => {
  const { botToken: of } = await secrets();
  if (chat?.of !== of)
    chat = { of, through: chatThrough(workClient(of, settings.slackApiUrl()), Date.now, sleep) };
  return {
    store: store(),
    source: source(),
    offers: offers(),
    operationOf,
    policy,
    now,
    cards: cardsOn(table()),
    chat: chat.through,
    groups: groups(),
    gate: gate(),
    send: (row: string, message: Message) => outbox().send(row, message),
    outbox: outbox(),
  };
};

export const relayDeps = once(() => {
  const outcomes = outcomesOn(new SNSClient({}), settings.outcomeTopic());
  const objectOf = (link: Link) => `s3://${settings.auditBucket()}/${archiveKey(link)}`;
  const told = { store: store(), cards: cardsOn(table()), policy, outcomes, objectOf };
  return {
    store: store(),
    policy,
    archive: archiveOn(new S3Client({}), settings.auditBucket()),
    outbox: outbox(),
    workflow: workflow(),
    gate: gate(),
    gateWorkflow: gateWorkflow(),
    count: countThrough(table(), emitThrough(new Metrics({ namespace: 'Drawbridge' }))),
    publish: (link: Link) => publish(told, link),
  };
});

export const remediationDeps = async (): Promise<
  Deps & { screens: ReturnType<typeof screensThrough>; lists: Lists }
> => {
  const known = await secrets();
  return {
    ...(await door(known)),
    workflow: workflow(),
    operationOf,
    playbooks: [...playbooks, ...declared(policy.tools)],
    estate: estateThrough(new STSClient({}), settings.responder(), webhooks(), {
      s3: new S3Client({}),
      bucket: settings.evidenceBucket(),
      sleep,
      now,
      ...(policy.forensics && { forensics: policy.forensics.account }),
    }),
    source: source(),
    screens: screensThrough(workClient(known.botToken, settings.slackApiUrl())),
    lists: lists(),
  };
};

export const deskDeps = async (): Promise<DeskDeps> => {
  const known = await secrets();
  const client = workClient(known.botToken, settings.slackApiUrl());
  const cards = cardsOn(table());
  return {
    ...(await door(known)),
    lists: lists(),
    groups: groups(),
    replies: repliesTo(responseOrigin(settings.slackApiUrl())),
    screens: screensThrough(client),
    linkTo: linksThrough(client, cards),
    postFile: filesInto(client, cards, sleep),
    evidence: shelfIn({ s3: new S3Client({}), bucket: settings.evidenceBucket() }),
    stats: statsThrough({
      read: () => statsFor(table(), now()),
      upload: (file, place) => uploadFile(client, file, place, sleep),
      policy,
    }),
  };
};

export const housekeepingDeps = once(() => ({
  store: store(),
  source: source(),
  groups: groups(),
  groupOf,
  showGroup: ({ channel, id }: Group, mark: string) =>
    outbox().send(channel, { kind: 'group', id, mark }),
  nudgeGate: (id: GateRunId) => nudgeGate({ gate: gate(), policy, now }, id),
  now,
}));
