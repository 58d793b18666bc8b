import { commands, ownCommands } from '../src/slack/command';
import { asCommand } from './command';

/**
 * The Slack app as code. Scopes are what the product calls, no more: it reads no messages and joins no channel.
 * `should_escape` stays off but for names of people: the grammar of the commands takes plain words.
 */
export const manifest = (requestUrl: string) => ({
  display_information: {
    name: 'Drawbridge',
    description: 'Remediates AWS security findings: previewed, approved, read back, undoable.',
    background_color: '#1f2937',
  },
  features: {
    app_home: {
      home_tab_enabled: true,
      messages_tab_enabled: false,
      messages_tab_read_only_enabled: true,
    },
    shortcuts: [
      {
        name: 'Isolate this instance',
        type: 'message',
        callback_id: 'isolate',
        description: 'Shows what containing the instance of this card would change',
      },
    ],
    bot_user: { display_name: 'Drawbridge', always_online: true },
    slash_commands: [
      {
        command: '/drawbridge',
        url: requestUrl,
        description: 'What waits for you, and what you may do',
        usage_hint: Object.keys(commands).join(' | '),
        should_escape: false,
      },
      ...ownCommands.map((name) => ({
        command: `/${name}`,
        url: requestUrl,
        description: `Drawbridge: ${commands[name].says}`,
        usage_hint: commands[name].hint || 'no words needed',
        // So that `/audit @name` names a person for certain.
        should_escape: name === 'audit',
      })),
    ],
  },
  oauth_config: {
    scopes: {
      bot: [
        'commands',
        'chat:write',
        'users:read',
        'users:read.email',
        'usergroups:read',
        'channels:read',
        'groups:read',
        'files:write',
      ],
    },
  },
  settings: {
    event_subscriptions: { request_url: requestUrl, bot_events: ['app_home_opened'] },
    interactivity: { is_enabled: true, request_url: requestUrl },
    org_deploy_enabled: false,
    socket_mode_enabled: false,
    token_rotation_enabled: false,
  },
});

/** Slack wants HTTPS; the path is the one route of serverless.yml. An API's bare address gets it appended. */
export const requestUrlOf = (given: string | undefined): string => {
  if (!given || !URL.canParse(given) || new URL(given).protocol !== 'https:')
    throw new Error(
      'npm run manifest -- https://…   the address that npm run deploy printed, ending in /slack/events',
    );
  const url = new URL(given);
  if (url.pathname === '/') url.pathname = '/slack/events';
  return url.href;
};

if (require.main === module)
  void asCommand(() => {
    console.log(JSON.stringify(manifest(requestUrlOf(process.argv[2])), null, 2));
    return Promise.resolve(0);
  });
