import { App, AwsLambdaReceiver, type BlockAction } from '@slack/bolt';
import { decodeClick, decodeForm } from '../../blocks/intent';
import { refusalText } from '../../blocks/answers';
import { homeView } from '../../blocks/home';
import { reasonAt, wordsModal } from '../../blocks/modals';
import type { DoorDeps } from '../app/ports';
import { answerCommand, waiting } from './answers';
import { wordsFor, type Log } from './boundary';
import { press } from './clicks';
import { roleWords } from './command';
import { submit } from './forms';
import type { SlackSecrets } from './secrets';

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
    try {
      const intent = decodeClick(
        action.action_id,
        'value' in action ? (action.value ?? undefined) : undefined,
      );
      const click = {
        user: body.user.id,
        team: body.team?.id ?? '',
        channel: body.channel?.id ?? '',
      };
      const openModal = async (view: Parameters<typeof client.views.open>[0]['view']) => {
        const opened = await client.views.open({ trigger_id: body.trigger_id, view });
        return opened.view?.id ?? '';
      };
      const answer = intent ? await press({ deps, openModal }, intent, click) : refusalText(old);
      if (answer) await respond({ ...answer, response_type: 'ephemeral', replace_original: false });
    } catch (error) {
      const words = refusalText(wordsFor(error, log, reference()));
      await respond({ ...words, response_type: 'ephemeral', replace_original: false });
    }
  });

  app.view(/.*/, async ({ ack, view, body }) => {
    try {
      const form = decodeForm(view.callback_id, view.private_metadata);
      const reason = view.state.values[reasonAt.block]?.[reasonAt.action]?.value ?? '';
      const answer = form
        ? await submit(deps, form, { user: body.user.id, team: body.team?.id ?? '' }, reason)
        : wordsModal('Not possible', old);
      await ack(
        answer ? { response_action: 'update', view: answer } : { response_action: 'clear' },
      );
    } catch (error) {
      await ack({
        response_action: 'update',
        view: wordsModal('Not possible', wordsFor(error, log, reference())),
      });
    }
  });

  app.command(/.*/, async ({ ack, command }) => {
    try {
      await ack({
        ...(await answerCommand(deps, command.user_id, command.text)),
        response_type: 'ephemeral',
      });
    } catch (error) {
      await ack({ ...refusalText(wordsFor(error, log, reference())), response_type: 'ephemeral' });
    }
  });

  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab !== 'home') return;
    const [who, open] = await Promise.all([deps.people.person(event.user, false), waiting(deps)]);
    const view = homeView(who, open, deps.policy, roleWords, deps.now().toISOString());
    await client.views.publish({ user_id: event.user, view });
  });

  app.shortcut(/.*/, async ({ ack }) => ack());

  return receiver;
};
