import { deliver, type Delivered } from './deliver';
import type { Json } from './json';
import { times } from './limits';
import { newId, type World } from './world';
import { bot, team } from './people';

/** Sends an event; failed deliveries are tried again behind the caller's back, as Slack does. */
export async function sendEvent(world: World, event: Json): Promise<Delivered> {
  const body = JSON.stringify({
    token: 'deprecated',
    team_id: world.teamId,
    api_app_id: world.appId,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(world.clock.now() / 1_000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: newId('EC'),
  });
  const first = await deliver(world, 'json', body);
  if (first.shown !== 'ok') void retry(world, body, first);
  return first;
}

async function retry(world: World, body: string, failed: Delivered): Promise<void> {
  let last = failed;
  for (const [index, pause] of times.eventRetriesMs.entries()) {
    if (last.shown === 'ok' || last.headers['x-slack-no-retry'] === '1') return;
    await world.clock.wait(pause);
    if (world.closed) return;
    last = await deliver(world, 'json', body, {
      'X-Slack-Retry-Num': String(index + 1),
      'X-Slack-Retry-Reason': last.status === 0 ? 'http_timeout' : 'http_error',
    });
  }
}

/** The handshake that Slack makes when a request URL is entered: the challenge must come back. */
export async function verifyRequestUrl(world: World): Promise<boolean> {
  const challenge = newId('').toLowerCase();
  const body = JSON.stringify({ token: 'deprecated', challenge, type: 'url_verification' });
  const { shown, body: answer } = await deliver(world, 'json', body);
  return shown === 'ok' && answer.includes(challenge);
}
