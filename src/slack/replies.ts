import type { Answer } from '../../blocks/answers';

export interface Replies {
  /**
   * Answers a command or a button through its response_url: five times within 30 minutes, seen by that person only.
   * @param over the message with the pressed button is replaced
   */
  send(url: string, answer: Answer, over?: boolean): Promise<void>;
}

/** @param origin where Slack's response_urls are: nothing else is ever posted to */
export const repliesTo = (origin: string): Replies => ({
  async send(url, answer, over = false) {
    if (new URL(url).origin !== origin) throw new Error('a response_url that is not Slack’s');
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ ...answer, response_type: 'ephemeral', replace_original: over }),
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
    // Used up or too old: the person has long gone.
    if (!response.ok && response.status !== 404)
      throw new Error(`Slack did not take the answer: ${response.status} ${await response.text()}`);
  },
});

/** Slack and GovSlack have a host of their own for answers; a local workspace has one for everything. */
export const responseOrigin = (slackApiUrl: string): string => {
  const { hostname, origin } = new URL(slackApiUrl);
  return /^slack(-gov)?\.com$/.test(hostname) ? `https://hooks.${hostname}` : origin;
};
