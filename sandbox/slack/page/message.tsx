/// <reference lib="dom" />
import { useState } from 'react';
import { objects } from '../json';
import type { Message } from '../world';
import { driver } from './api';
import { Avatar } from './avatar';
import { Blocks } from './blocks';
import { clockTime } from './dates';
import { Text } from './text';
import { useViewer, type Hands } from './viewer';

export const secondsOf = (ts: string): number => Number(ts) * 1_000;

interface Props {
  channel: string;
  message: Message;
  replies?: readonly Message[];
  hidden?: boolean;
  onDismiss?: () => void;
}

/** `hidden`: only visible to the person who looks. */
export function MessageRow({ channel, message, replies = [], hidden, onDismiss }: Props) {
  const { state, me, go } = useViewer();
  const author = state.people.find((one) => one.id === message.user);
  const name = author?.realName ?? message.user;
  const thread = message.thread_ts ?? message.ts;
  return (
    <article
      className={`message ${hidden ? 'hidden' : ''}`}
      data-testid={`message-${message.ts}`}
      aria-label={`${name}: ${message.text.slice(0, 80)}`}
    >
      <Avatar of={author} />
      <div className="grow">
        {hidden && (
          <div className="only-you" data-testid="only-you">
            <span aria-hidden>👁</span> Only visible to you
          </div>
        )}
        <header>
          <b>{name}</b> {author?.isBot && <span className="app">APP</span>}
          <time>{clockTime(secondsOf(message.ts), me.tz)}</time>
          {message.subtype === 'thread_broadcast' && (
            <span className="note">
              replied to a thread:{' '}
              <button type="button" className="link" onClick={() => go({ channel, thread })}>
                open
              </button>
            </span>
          )}
        </header>
        <Content channel={channel} message={message} />
        {replies.length > 0 && <Replies channel={channel} ts={message.ts} replies={replies} />}
        {onDismiss && (
          <button type="button" className="link" onClick={onDismiss}>
            Dismiss message
          </button>
        )}
      </div>
      {!hidden && (
        <div className="tools">
          <button
            type="button"
            title="Reply in thread"
            aria-label="Reply in thread"
            onClick={() => go({ channel, thread })}
          >
            💬
          </button>
        </div>
      )}
    </article>
  );
}

/** Text or blocks, attachments with their coloured bar, and files. */
function Content({ channel, message }: { channel: string; message: Message }) {
  const { me, run } = useViewer();
  const [values, setValues] = useState<Hands['values']>({});
  const hands: Hands = {
    values,
    errors: {},
    set: (key, value) => setValues((old) => ({ ...old, [key]: value })),
    act: (done) => {
      const what = { user: me.id, channel, ts: message.ts, values, ...done };
      void run('That', driver.click(what));
    },
  };
  return (
    <>
      {message.blocks ? (
        <Blocks blocks={message.blocks} hands={hands} />
      ) : (
        <div className="bare">
          <Text of={message.text} />
          {message.edited && <span className="note">(edited)</span>}
        </div>
      )}
      {objects(message.attachments).map((one, index) => (
        <div
          key={index}
          className="attachment"
          style={{
            borderColor: /^#[0-9a-f]{3,6}$/i.test(String(one['color']))
              ? String(one['color'])
              : '#ddd',
          }}
        >
          <Text of={one['text']} />
          <Blocks blocks={objects(one['blocks'])} hands={hands} />
        </div>
      ))}
      {objects(message.files).map((file) => (
        <a
          key={String(file['id'])}
          className="file"
          href={`/files/${String(file['id'])}`}
          target="_blank"
          rel="noreferrer"
        >
          {file['mimetype'] === 'image/png' ? (
            <img
              src={`/files/${String(file['id'])}`}
              alt={'alt_txt' in file ? String(file['alt_txt']) : ''}
            />
          ) : (
            '📄'
          )}{' '}
          <b>{String(file['title'])}</b> <span>{String(file['size'])} bytes</span>
        </a>
      ))}
    </>
  );
}

/** The line under a message that opens its thread. */
function Replies(props: { channel: string; ts: string; replies: readonly Message[] }) {
  const { state, me, go } = useViewer();
  const { channel, ts, replies } = props;
  const last = replies.at(-1);
  const users = [...new Set(replies.map((one) => one.user))];
  return (
    <button
      type="button"
      className="replies"
      data-testid={`thread-${ts}`}
      onClick={() => go({ channel, thread: ts })}
    >
      {users.slice(0, 4).map((id) => (
        <Avatar key={id} of={state.people.find((one) => one.id === id)} small />
      ))}
      <b>
        {replies.length} {replies.length === 1 ? 'reply' : 'replies'}
      </b>
      {last && <span>Last reply at {clockTime(secondsOf(last.ts), me.tz)}</span>}
    </button>
  );
}
