import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { createHmac } from 'node:crypto';
import type { Json } from '../../../sandbox/slack/json';

export const secret = 'the-current-signing-secret';
export const form = 'application/x-www-form-urlencoded';
export const json = 'application/json';

interface How {
  secret?: string;
  /** Seconds from now at which it says it was signed. */
  ahead?: number;
  type?: string;
  method?: string;
  base64?: boolean;
  headers?: Record<string, string>;
  unsigned?: boolean;
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** One HTTP request as API Gateway hands it over, signed as Slack signs. */
export const request = (body: string, how: How = {}): APIGatewayProxyEventV2 => {
  const at = String(nowSeconds() + (how.ahead ?? 0));
  const signature = `v0=${createHmac('sha256', how.secret ?? secret)
    .update(`v0:${at}:${body}`)
    .digest('hex')}`;
  const path = '/slack/events';
  return {
    version: '2.0',
    routeKey: `POST ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {
      'content-type': how.type ?? form,
      ...(!how.unsigned && {
        'x-slack-request-timestamp': at,
        'x-slack-signature': signature,
      }),
      ...how.headers,
    },
    requestContext: {
      accountId: '111122223333',
      apiId: 'api',
      domainName: 'api.example',
      domainPrefix: 'api',
      http: {
        method: how.method ?? 'POST',
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: 'Slackbot 1.0',
      },
      requestId: 'request-1',
      routeKey: `POST ${path}`,
      stage: '$default',
      time: '01/Mar/2026:12:00:00 +0000',
      timeEpoch: 1_772_366_400_000,
    },
    body: how.base64 ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded: how.base64 ?? false,
  };
};

const payload = (content: Json): string =>
  new URLSearchParams({ payload: JSON.stringify(content) }).toString();

interface Who {
  user?: string;
  team?: string | null;
  channel?: string;
}
let triggers = 0;
const envelope = ({ user = 'U0RITA', team = 'T0TEST' }: Who): Json => ({
  api_app_id: 'A0DRAWBRIDGE',
  team: team === null ? null : { id: team, domain: 'test' },
  user: { id: user, name: user, team_id: team },
  trigger_id: `trigger-${(triggers += 1)}`,
});

/** A pressed button. `slack` is where its response URL points to. */
export const pressed = (
  slack: string,
  button: { action_id: string; value?: string; url?: string },
  { channel = 'C0ALERTS', ...who }: Who & { enterprise?: string } = {},
): string =>
  payload({
    type: 'block_actions',
    ...envelope(who),
    ...(who.enterprise && { enterprise: { id: who.enterprise }, is_enterprise_install: true }),
    channel: { id: channel, name: 'alerts' },
    container: { type: 'message', channel_id: channel, message_ts: '1.1' },
    response_url: `${slack}respond`,
    actions: [{ type: 'button', block_id: 'b', action_ts: '1.2', ...button }],
  });

interface Submittable {
  callback_id: string;
  private_metadata: string;
}

/** A submitted modal, with the state of its fields as Slack tells it. */
export const filledIn = (view: Submittable, values: Json, who: Who = {}): string =>
  payload({
    type: 'view_submission',
    ...envelope(who),
    view: { id: 'V1', type: 'modal', ...view, state: { values } },
  });

/** A submitted modal that asks for a reason only. */
export const submitted = (view: Submittable, reason: string | null, who: Who = {}): string =>
  filledIn(view, reason === null ? {} : { reason: { text: { value: reason } } }, who);

/** A button in a window or in the Home: no message, no channel, and so no response URL. */
export const pressedIn = (
  view: { id: string; type: 'modal' | 'home' },
  button: { action_id: string; value?: string; url?: string },
  who: Who = {},
): string =>
  payload({
    type: 'block_actions',
    ...envelope(who),
    container: { type: 'view', view_id: view.id },
    view: { ...view, state: { values: {} } },
    actions: [{ type: 'button', block_id: 'b', action_ts: '1.2', ...button }],
  });

/** A choice in a menu that stands in an answer for one person. */
export const chosen = (
  slack: string,
  { action_id, value }: { action_id: string; value: string },
  who: Who = {},
): string =>
  payload({
    type: 'block_actions',
    ...envelope(who),
    channel: { id: who.channel ?? 'C0ALERTS', name: 'alerts' },
    container: { type: 'message', message_ts: '1.1', is_ephemeral: true },
    response_url: `${slack}respond`,
    actions: [
      {
        type: 'static_select',
        block_id: 'b',
        action_ts: '1.2',
        action_id,
        selected_option: { text: { type: 'plain_text', text: 'x' }, value },
      },
    ],
  });

/** A typed command. `slack` is where its response URL points to. */
export const commanded = (
  slack: string,
  text: string,
  { user = 'U0RITA', team = 'T0TEST', channel = 'C0ALERTS' }: Who = {},
  more: Record<string, string> = {},
): string =>
  new URLSearchParams({
    command: '/drawbridge',
    text,
    user_id: user,
    team_id: team ?? '',
    channel_id: channel,
    api_app_id: 'A0DRAWBRIDGE',
    trigger_id: `trigger-${(triggers += 1)}`,
    response_url: `${slack}respond`,
    ...more,
  }).toString();

/** “Isolate this instance” in the menu of a message. */
export const messageAction = (
  slack: string,
  message: Json,
  { channel = 'C0ALERTS', ...who }: Who = {},
): string =>
  payload({
    type: 'message_action',
    callback_id: 'isolate',
    ...envelope(who),
    channel: { id: channel, name: 'alerts' },
    message_ts: '1.1',
    message,
    response_url: `${slack}respond`,
  });

export const eventOf = (event: Json): string =>
  JSON.stringify({
    type: 'event_callback',
    team_id: 'T0TEST',
    api_app_id: 'A0DRAWBRIDGE',
    event_id: `Ev${(triggers += 1)}`,
    event,
  });

export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'slack',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:slack',
  memoryLimitInMB: '512',
  awsRequestId: 'ref-1',
  logGroupName: 'slack',
  logStreamName: '1',
  getRemainingTimeInMillis: () => 10_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};
