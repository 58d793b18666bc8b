import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { isJson, type Json } from '../../../sandbox/slack/json';
import type { DoorDeps } from '../../../src/app/ports';
import { slackApp } from '../../../src/slack/app';
import { clickClient } from '../../../src/slack/client';
import { guard } from '../../../src/slack/guard';
import { peopleIn } from '../../../src/slack/people';
import { words } from '../../blocks/support/reading';
import { aPolicy } from '../../support/builders';
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
    const answer = await receiver({ ...event, headers, body, isBase64Encoded: false }, context);
    const text = answer.body;
    const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
    const json = isJson(parsed) ? parsed : {};
    return { status: answer.statusCode, body: json, text, words: words(json) };
  };
  return { ...world, deps, logged, send, told: () => words(slack.asked('respond')) };
};
export type Doorway = Awaited<ReturnType<typeof aDoorway>>;
