import type { BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Answer } from '../../blocks/answers';
import { modal } from '../../blocks/modals';
import { Told } from '../domain/errors';
import { slackError } from './client';

type Press = Pick<BlockAction, 'trigger_id'> & Partial<Pick<BlockAction, 'view' | 'response_url'>>;

/**
 * Opens a window for whoever pressed, on top of the one in which the button stands. Slack waits three seconds for it:
 * whoever was unlucky hears that a second press is all it takes.
 */
export const openWindow = async (
  client: WebClient,
  { trigger_id, view: around }: Press,
  view: ModalView,
): Promise<string> => {
  try {
    const args = { trigger_id, view };
    const opened =
      around?.type === 'modal' ? await client.views.push(args) : await client.views.open(args);
    return opened.view?.id ?? '';
  } catch (error) {
    if (slackError(error) !== 'expired_trigger_id') throw error;
    throw new Told('That took too long and nothing was changed. Press the button once more.', {
      cause: error,
    });
  }
};

/** Words for who pressed: beside the message, or in a window where there is none, as in the App Home and in windows. */
export const sayTo = async (
  client: WebClient,
  press: Press,
  respond: (message: Answer & { response_type: 'ephemeral'; replace_original: false }) => unknown,
  answer: Answer,
): Promise<void> => {
  if (press.response_url)
    await respond({ ...answer, response_type: 'ephemeral', replace_original: false });
  else await openWindow(client, press, modal('Drawbridge', answer.blocks));
};
