import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { answer } from '../../../blocks/answers';
import { isJson, type Json } from '../../../sandbox/slack/json';
import type { DoorDeps } from '../../../src/app/ports';
import type { CardRecord } from '../../../src/domain/card';
import { slackApp } from '../../../src/slack/app';
import { clickClient, workClient } from '../../../src/slack/client';
import type { DeskDeps } from '../../../src/slack/desk/deps';
import { serve } from '../../../src/slack/desk/serve';
import { DeskTask } from '../../../src/slack/desk/task';
import { guard } from '../../../src/slack/guard';
import { linksThrough } from '../../../src/slack/links';
import { peopleIn } from '../../../src/slack/people';
import { repliesTo, responseOrigin } from '../../../src/slack/replies';
import { screensThrough } from '../../../src/slack/screens';
import { words } from '../../blocks/support/reading';
import { aPolicy } from '../../support/builders';
import { memoryEvidence } from '../../support/memory-evidence';
import { memoryGroups } from '../../support/memory-groups';
import { memoryLists } from '../../support/memory-lists';
import { aWorld } from '../../support/world';
import { context, secret } from './requests';
import type { FakeSlack } from './slack';

export const secrets = {
  botToken: 'xoxb-test',
  signingSecret: secret,
  appId: 'A0DRAWBRIDGE',
  botId: 'B0BOT',
  botUserId: 'U0BOT',
};

export interface Answered {
  status: number;
  body: Json;
  text: string;
  /** All that a person reads in the answer itself. */
  words: string;
}

/** A world with one finding, and the Slack door in front of it: guard, Bolt and people as Slack knows them. */
export const aDoorway = async (
  slack: FakeSlack,
  { policy = aPolicy(), deps: more = {} }: { policy?: DoorDeps['policy']; deps?: object } = {},
) => {
  const world = await aWorld({ policy });
  const people = peopleIn(clickClient(secrets.botToken, slack.url), policy, world.clock.now);
  const deps: DoorDeps = { ...world.door, people, ...more };
  const logged: { message: string; more: Record<string, unknown> }[] = [];
  const log = {
    error: (message: string, more: Record<string, unknown>) => void logged.push({ message, more }),
  };
  const receiver = await slackApp(deps, secrets, slack.url, log, () => 'ref-1').start();
  const send = async (event: APIGatewayProxyEventV2): Promise<Answered> => {
    const guarded = guard(event, [secret], new Date());
    if (!guarded.ok) throw new Error(`the guard refused: ${guarded.because}`);
    const { headers, body } = guarded;
    const answered = await receiver({ ...event, headers, body, isBase64Encoded: false }, context);
    const text = answered.body;
    const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
    const json = isJson(parsed) ? parsed : {};
    return { status: answered.statusCode, body: json, text, words: words(json) };
  };
  const cards = new Map<string, CardRecord>();
  const files: { of: string; name: string; content: string }[] = [];
  const groups = memoryGroups();
  const evidence = memoryEvidence();
  const client = workClient(secrets.botToken, slack.url);
  const desk: DeskDeps = {
    ...deps,
    lists: memoryLists(world.held.held),
    groups,
    replies: repliesTo(responseOrigin(slack.url)),
    screens: screensThrough(client),
    linkTo: linksThrough(client, { get: async (of) => cards.get(of), put: async () => {} }),
    evidence: evidence.shelf,
    stats: async () => answer('The numbers'),
    async postFile(of, name, content) {
      if (cards.has(of)) files.push({ of, name, content });
      return cards.has(of);
    },
  };
  const asked = () => [...world.held.held.previews.values()].map((task) => DeskTask.parse(task));
  return {
    ...world,
    deps,
    desk,
    cards,
    files,
    groups,
    evidence,
    logged,
    send,
    /** What the people wait for, as the slack function wrote it down. */
    asked,
    /** The desk does all of it. */
    async serve() {
      for (const task of asked()) await serve(desk, task, log, 'ref-2');
      world.held.held.previews.clear();
    },
    told: () => words(slack.asked('respond')),
  };
};
export type Doorway = Awaited<ReturnType<typeof aDoorway>>;
