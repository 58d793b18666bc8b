import {
  App,
  AwsLambdaReceiver,
  type BlockAction,
  type BlockElementAction,
  type SlashCommand,
  type ViewOutput,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { decodeClick, decodeForm } from '../../blocks/intent';
import { refusalText } from '../../blocks/answers';
import { loadingModal, wordsModal } from '../../blocks/modals';
import type { Click } from '../app/authority';
import type { DoorDeps } from '../app/ports';
import type { Json } from '../domain/canonical';
import type { Policy } from '../domain/policy';
import { wordsFor, type Log } from './boundary';
import { press } from './clicks';
import { missing, submit, type Filled } from './forms';
import { screensThrough } from './screens';
import { seal } from './sealed';
import type { SlackSecrets } from './secrets';
import { openWindow, sayTo } from './windows';

const notPossible = 'Not possible';
const old = 'This button is from an older message or another app. Use the newest card.';

/**
 * The Bolt app: one listener per kind of payload, each of which decodes, asks one use case and answers. Matchers are
 * disjoint, since two acknowledgements of one payload are an error in Bolt. The guard has checked the signature.
 */
export const slackApp = (
  deps: DoorDeps,
  secrets: SlackSecrets,
  slackApiUrl: string,
  log: Log,
  reference: () => string,
): AwsLambdaReceiver => {
  const receiver = new AwsLambdaReceiver({
    signingSecret: secrets.signingSecret,
    signatureVerification: false,
  });
  const { botToken, botId, botUserId } = secrets;
  const app = new App({
    receiver,
    authorize: () => Promise.resolve({ botToken, botId, botUserId }),
    convoStore: false,
    clientOptions: {
      slackApiUrl,
      timeout: 2500,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });

  app.action<BlockAction>(/.*/, async ({ ack, action, body, client, respond }) => {
    await ack();
    if ('url' in action && action.url) return;
    let opened = '';
    try {
      const intent = decodeClick(action.action_id, valueOf(action));
      const click = { user: body.user.id, team: teamOf(body), channel: placeOf(body, deps.policy) };
      const openModal = async (view: ModalView) => {
        opened = await openWindow(client, body, view);
        return opened;
      };
      const named = {
        id: body.trigger_id,
        ...(body.response_url && { reply: body.response_url }),
        ...(body.view?.type === 'modal' && { window: body.view.id }),
      };
      const answer = intent
        ? await press({ deps, openModal, press: named }, intent, click)
        : refusalText(old);
      if (answer) await sayTo(client, body, respond, answer);
    } catch (error) {
      const words = wordsFor(error, log, reference());
      // A modal that was opened for it would say “looking” for ever.
      if (opened) await screensThrough(client).show(opened, wordsModal(notPossible, words));
      else await sayTo(client, body, respond, refusalText(words));
    }
  });

  app.view(/.*/, async ({ ack, view, body }) => {
    try {
      const form = decodeForm(view.callback_id, view.private_metadata);
      const filled = filledIn(view.state.values);
      const errors = form && missing(form, filled);
      if (errors) return await ack({ response_action: 'errors', errors });
      const answer = form
        ? await submit(deps, form, { user: body.user.id, team: teamOf(body) }, filled, {
            id: 'trigger_id' in body ? body.trigger_id : view.id,
            view: view.id,
            seal: (text) => seal(text, secrets.signingSecret),
          })
        : wordsModal(notPossible, old);
      await ack(
        answer ? { response_action: 'update', view: answer } : { response_action: 'clear' },
      );
    } catch (error) {
      await ack({
        response_action: 'update',
        view: wordsModal(notPossible, wordsFor(error, log, reference())),
      });
    }
  });

  const locate = async (client: WebClient, trigger_id: string, click: Click, wish: Json) => {
    const viewId = await openWindow(client, { trigger_id }, loadingModal('Drawbridge'));
    await deps.store.ask(viewId, { task: 'locate', viewId, click: { ...click }, wish });
  };

  app.command(/.*/, async ({ ack, command, client }) => {
    try {
      const { text, response_url: reply, trigger_id } = command;
      const click = { ...whoAsks(command) };
      const [, verb, rest = ''] = containing.exec(`${command.command} ${text}`) ?? [];
      if (verb) {
        const wish = { by: 'words', verb: verb.toLowerCase(), text: cut(rest) };
        await locate(client, trigger_id, click, wish);
        return await ack();
      }
      const said = cut(text);
      const [, gate] = ofGate.exec(`${command.command} ${said}`) ?? [];
      if (gate !== undefined) {
        // Its one window is opened while Slack waits for it; the gate's own desk reads the rest.
        const view = /^\s*ident/i.test(gate) && (await openWindow(client, command, looking));
        const what = view
          ? ({ what: 'click', view, run: '', act: 'identifier' } as const)
          : ({ what: 'command', text: gate, reply } as const);
        await deps.store.ask(trigger_id, { task: 'gate-desk', ...what, click });
        return await ack();
      }
      const what = { what: 'command', command: command.command, text: said } as const;
      await deps.store.ask(trigger_id, { task: 'desk', ...what, click, reply });
      await ack();
    } catch (error) {
      await ack({ ...refusalText(wordsFor(error, log, reference())), response_type: 'ephemeral' });
    }
  });

  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab !== 'home') return;
    await deps.store.ask(body.event_id, { task: 'desk', what: 'home', user: event.user });
  });

  app.shortcut(/.*/, async ({ ack, shortcut, client, respond }) => {
    await ack();
    if (shortcut.type !== 'message_action') return;
    try {
      const { message, channel, user, trigger_id } = shortcut;
      const click = { user: user.id, team: teamOf(shortcut), channel: channel.id };
      const [, finding] = /"finding\\?":\\?"([0-9a-f]{32})/.exec(JSON.stringify(message)) ?? [];
      const wish = { by: 'message', text: cut(message.text ?? ''), ...(finding && { finding }) };
      await locate(client, trigger_id, click, wish);
    } catch (error) {
      await respond({
        ...refusalText(wordsFor(error, log, reference())),
        response_type: 'ephemeral',
      });
    }
  });

  return receiver;
};

/** Commands that need a window while Slack waits for one; the rest of them is read by others. */
const containing = /^\s*\/(?:drawbridge\s+)?(isolate|release)\b([\s\S]*)$/i;

const ofGate = /^\s*\/(?:drawbridge\s+)?gate\b([\s\S]*)$/i;
const looking = loadingModal('Gate', 'Looking…');

const cut = (text: string): string => text.slice(0, 1000).toWellFormed();

/** A button has a value, a menu what was chosen. */
const valueOf = (action: BlockElementAction): string | undefined => {
  if ('value' in action) return action.value ?? undefined;
  return 'selected_option' in action && action.selected_option
    ? action.selected_option.value
    : undefined;
};

/** Each block of our forms has one field: text, a choice or a person. */
const filledIn = (values: ViewOutput['state']['values']): Filled =>
  Object.fromEntries(
    Object.entries(values).map(([block, fields]) => {
      const [field] = Object.values(fields);
      const many = field?.selected_options?.map(({ value }) => value).join(' ');
      const given = field?.value ?? field?.selected_user ?? field?.selected_option?.value ?? many;
      return [block, given?.trim() ?? ''];
    }),
  );

/** The App Home is in no channel: only the person sees it, and it counts as the first of ours. */
const placeOf = ({ channel, view }: BlockAction, { routing }: Policy): string =>
  channel?.id ?? (view?.type === 'home' ? routing[0]!.to : '');

/** In an organisation-wide installation there is no team: there the policy names the organisation. */
const teamOf = (body: {
  team?: { id: string } | null;
  enterprise?: { id: string } | null;
}): string => body.team?.id ?? body.enterprise?.id ?? '';

const whoAsks = ({ user_id, team_id, enterprise_id, channel_id }: SlashCommand): Click => ({
  user: user_id,
  team: team_id || (enterprise_id ?? ''),
  channel: channel_id,
});
