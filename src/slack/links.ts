import type { WebClient } from '@slack/web-api';
import type { Cards } from '../domain/card';
import type { CaseId } from '../domain/ids';

/** Slack's own link to a case's card. A link is a comfort: without one the answer is still right. */
export const linksThrough =
  (client: WebClient, cards: Cards) =>
  async (of: CaseId): Promise<string | undefined> => {
    const card = await cards.get(of);
    if (!card) return undefined;
    try {
      const { channel, ts } = card;
      return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink;
    } catch {
      return undefined;
    }
  };
