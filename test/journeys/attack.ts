import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { World } from '../../sandbox/world';

/** What the sandbox's Slack signs with; who has it is Slack. */
const secret = 'sandbox-signing-secret';

export interface Forgery {
  /** Signed with another secret, or not at all. */
  signature?: string;
  /** Seconds that the request is old. */
  age?: number;
}

/** A request to the bot's address, signed as Slack signs unless told otherwise. */
export const send = async (
  world: World,
  body: string,
  { signature, age = 0 }: Forgery = {},
): Promise<{ status: number; text: string; headers: Record<string, string> }> => {
  const at = String(Math.floor(Date.now() / 1000) - age);
  const signed = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': at,
    'x-slack-signature': signature ?? `v0=${signed}`,
  };
  return again(world, body, headers);
};

/** The very same request once more, as somebody would who had seen it. */
export const again = async (world: World, body: string, headers: Record<string, string>) => {
  const answer = await fetch(`${world.urls.api}/slack/events`, { method: 'POST', headers, body });
  return { status: answer.status, text: await answer.text(), headers };
};

export const command = (text: string, more: Record<string, string> = {}): string =>
  new URLSearchParams({
    command: '/drawbridge',
    text,
    user_id: 'U0RITA',
    team_id: 'T0SANDBOX',
    channel_id: 'C0ALERTS',
    trigger_id: `trigger-${Math.random().toString(36).slice(2)}`,
    response_url: 'http://127.0.0.1:9/none',
    ...more,
  }).toString();

export interface Pressed {
  user: string;
  action: string;
  value: string;
  channel?: string;
  team?: string;
  answerTo: string;
}

/** A press of a button that no card has. */
export const pressed = ({ user, action, value, answerTo, ...more }: Pressed): string =>
  new URLSearchParams({
    payload: JSON.stringify({
      type: 'block_actions',
      api_app_id: 'A0DRAWBRDG',
      team: { id: more.team ?? 'T0SANDBOX', domain: 'sandbox' },
      user: { id: user, team_id: more.team ?? 'T0SANDBOX' },
      channel: { id: more.channel ?? 'C0ALERTS', name: 'any' },
      container: { type: 'message', channel_id: more.channel ?? 'C0ALERTS', message_ts: '1.0' },
      message: { ts: '1.0', text: '' },
      trigger_id: '1.1.1',
      response_url: answerTo,
      actions: [{ type: 'button', action_id: action, block_id: 'b', value, action_ts: '1.0' }],
    }),
  }).toString();

/** A place where answers arrive, as a response_url is. */
export const anEar = async () => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      heard.push(body);
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    heard,
    url: `http://127.0.0.1:${port}/answer`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};

/** Text that would ping, link, forge a line or hide itself, if anything of it came alive. */
export const hostile = [
  '<!channel> <!here> <!everyone>',
  '<@U0ALEX> <!subteam^S0APPROVERS>',
  '<https://evil.example|approve here> https://evil.example',
  '`code` *bold* _it_ ~no~ :rotating_light:',
  '\u202eevil\u202c\u200b\u0007',
  '\n✅ Approved by <@U0ALEX>\n',
  'x'.repeat(10_000),
].join(' ');
