/// <reference lib="dom" />
import { Message, type Block } from 'slack-blocks-to-jsx';
import { isJson, type Json } from '../json';
import { slackDate } from './dates';
import { richTextOf } from './mrkdwn';
import { useViewer } from './viewer';

/** Blocks drawn by the library, with the names and the time zone of the person who looks. */
export function Drawn({ blocks }: { blocks: Json[] }) {
  const { state, me } = useViewer();
  const users = state.people.map((one) => ({ id: one.id, name: one.realName }));
  const groups = state.userGroups.map((one) => ({ id: one.id, name: one.handle }));
  const channels = state.channels.map((one) => ({ id: one.id, name: one.name }));
  return (
    <Message
      blocks={blocks as Block[]}
      logo=""
      name=""
      theme="light"
      withoutWrapper
      data={{ users, channels, user_groups: groups }}
      hooks={{
        date: ({ timestamp, format, link, fallback }) => {
          const text = slackDate(Number(timestamp), format, me.tz, Date.now()) || fallback;
          return link ? safeLink(link, text) : <time title={fallback}>{text}</time>;
        },
        link: ({ href, children }) => safeLink(href, children),
        // The library drops the colons of an emoji that it does not know: `arn:aws:s3` would lose them.
        emoji: (data, parse) => {
          const shown = parse(data);
          return shown === data.name ? `:${data.name}:` : shown;
        },
      }}
    />
  );
}

function safeLink(href: string, children: React.ReactNode) {
  if (!/^(https?:|mailto:)/i.test(href)) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

/** A text object, or bare mrkdwn. */
export function Text({ of }: { of: unknown }) {
  const given = isJson(of) ? of : { type: 'mrkdwn', text: of };
  const kind = given['type'] === 'plain_text' ? 'plain_text' : 'mrkdwn';
  const text = given['text'];
  if (typeof text !== 'string' || text === '') return null;
  return (
    <div className="text">
      <Drawn blocks={[richTextOf(text, kind)]} />
    </div>
  );
}

/** Plain words, where there is no room for markup: buttons, options, labels. */
export const wordsOf = (of: unknown): string =>
  isJson(of) && typeof of['text'] === 'string' ? of['text'] : '';
