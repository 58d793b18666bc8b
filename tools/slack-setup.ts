import { WebClient } from '@slack/web-api';
import { parse } from 'yaml';
import { SlackSecrets } from '../src/slack/secrets';
import { asCommand } from './command';
import { textOf } from './source';

const usage = `SLACK_BOT_TOKEN=xoxb-… SLACK_SIGNING_SECRET=… npm run slack:setup [-- /name/of/parameter]
SLACK_PREVIOUS_SIGNING_SECRET=… besides, while the signing secret is being rotated.
Asks Slack who the bot is, and prints the command that stores what the functions need. Nothing is stored by this.`;

type Asking = Pick<WebClient, 'auth' | 'bots'>;

/** What the one SecureString holds. The ids are asked of Slack, so that nobody copies a wrong one. */
export const secretsFor = async (
  slack: Asking,
  botToken: string,
  signingSecret: string,
  previousSigningSecret?: string,
): Promise<SlackSecrets> => {
  const { bot_id = '', user_id = '' } = await slack.auth.test();
  const { bot } = await slack.bots.info({ bot: bot_id });
  return SlackSecrets.parse({
    botToken,
    signingSecret,
    ...(previousSigningSecret && { previousSigningSecret }),
    appId: bot?.app_id ?? '',
    botId: bot_id,
    botUserId: user_id,
  });
};

/** The shell line that stores it. Single quotes keep every character as it is. */
export const putParameter = (name: string, secrets: SlackSecrets): string =>
  [
    `aws ssm put-parameter --name '${name}' --type SecureString --overwrite --value \\`,
    `  '${JSON.stringify(secrets).replaceAll("'", String.raw`'\''`)}'`,
  ].join('\n');

const nameInStack = (): string => {
  const { custom } = parse(textOf('serverless.yml'), { logLevel: 'error' }) as {
    custom: { slackParameter: string };
  };
  return /'([^']+)'/.exec(custom.slackParameter)?.[1] ?? '';
};

const main = async (): Promise<number> => {
  const token = process.env['SLACK_BOT_TOKEN'];
  const secret = process.env['SLACK_SIGNING_SECRET'];
  const previous = process.env['SLACK_PREVIOUS_SIGNING_SECRET'];
  if (!token || !secret) {
    console.error(usage);
    return 2;
  }
  const secrets = await secretsFor(new WebClient(token), token, secret, previous);
  console.log(putParameter(process.argv[2] ?? nameInStack(), secrets));
  return 0;
};

if (require.main === module) void asCommand(main);
