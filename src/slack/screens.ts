import type { HomeView, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { slackError } from './client';

export interface Screens {
  /** Shows what was found in the modal that is open. Somebody who closed it meanwhile misses nothing. */
  show(viewId: string, view: ModalView): Promise<void>;
  home(user: string, view: HomeView): Promise<void>;
}

export const screensThrough = (client: WebClient): Screens => ({
  async show(view_id, view) {
    try {
      await client.views.update({ view_id, view });
    } catch (error) {
      if (slackError(error) !== 'not_found') throw error;
    }
  },
  async home(user_id, view) {
    await client.views.publish({ user_id, view });
  },
});
