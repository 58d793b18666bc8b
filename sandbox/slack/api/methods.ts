import { isJson, type Json } from '../json';
import { bot, team } from '../people';
import { asSlackWrites, validateMessage, validateView } from '../validate';
import type { World } from '../world';
import type { Args } from './args';
import * as chat from './chat';
import * as directory from './directory';
import * as files from './files';
import * as views from './views';

/** All methods answer at once: the state is in memory. A refusal is a thrown SlackError. */
export type Method = (world: World, args: Args) => Json;

function authTest(world: World): Json {
  return {
    url: `${world.url}/`,
    team: team.name,
    user: bot.name,
    team_id: world.teamId,
    user_id: bot.userId,
    bot_id: bot.botId,
    is_enterprise_install: false,
  };
}

/** The newest of Slack's own validators; it takes a message, a view or bare blocks. */
function validateBlocks(_world: World, args: Args): Json {
  const view = args.json('view');
  const message = args.json('message');
  const problems =
    view !== undefined
      ? validateView(view)
      : validateMessage(isJson(message) ? message : { blocks: args.json('blocks') });
  const errors = problems.map(({ pointer, code, message: text }) => ({
    pointer,
    code,
    message: text,
  }));
  if (errors.length === 0) return {};
  const messages = problems.map(asSlackWrites);
  return { ok: false, error: 'invalid_blocks', errors, response_metadata: { messages } };
}

export const methods: Readonly<Record<string, Method>> = {
  'api.test': (_world, args) => ({ args: args.raw }),
  'auth.test': authTest,
  'blocks.validate': validateBlocks,
  'chat.delete': chat.remove,
  'chat.getPermalink': chat.getPermalink,
  'chat.postEphemeral': chat.postEphemeral,
  'chat.postMessage': chat.postMessage,
  'chat.update': chat.update,
  'conversations.info': directory.conversationsInfo,
  'conversations.members': directory.conversationsMembers,
  'conversations.open': directory.conversationsOpen,
  'files.completeUploadExternal': files.completeUpload,
  'files.getUploadURLExternal': files.getUploadUrl,
  'usergroups.list': directory.userGroupsList,
  'usergroups.users.list': directory.userGroupMembers,
  'users.info': directory.usersInfo,
  'users.lookupByEmail': directory.lookupByEmail,
  'views.open': views.open,
  'views.publish': views.publish,
  'views.push': views.push,
  'views.update': views.update,
};
