/// <reference lib="dom" />
import { Fragment, useState } from 'react';
import type { Message } from '../world';
import { Composer } from './composer';
import { dayOf } from './dates';
import { MessageRow, secondsOf } from './message';
import { useReading } from './reading';
import { useViewer } from './viewer';

interface Row {
  message: Message;
  hidden: boolean;
}

const byTime = (a: Row, b: Row): number => Number(a.message.ts) - Number(b.message.ts);

/** Messages and what only this person sees, in one order of time; replies stay in their thread. */
export function ChannelView({ channel, title }: { channel: string; title: string }) {
  const { state, me } = useViewer();
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const all = state.messages[channel] ?? [];
  const rows: Row[] = all
    .filter((one) => one.thread_ts === undefined || one.subtype === 'thread_broadcast')
    .map((message) => ({ message, hidden: false }));
  const ephemerals = state.ephemerals
    .filter((one) => one.channel === channel && !dismissed.includes(one.message.ts))
    .map(({ message }) => ({ message, hidden: true }));
  const shown = [...rows, ...ephemerals.filter((one) => !one.message.thread_ts)].sort(byTime);
  const { list, end, look, behind } = useReading(shown.length, channel + me.id, 'start');
  const news = behind > 0 ? shown.at(-1) : undefined;
  let day = '';
  return (
    <>
      <div className="messages" ref={list} onScroll={look}>
        {shown.length === 0 && (
          <p className="empty">
            Nothing here yet. Send a finding from the panel at the lower left, or type / for
            commands.
          </p>
        )}
        {shown.map(({ message, hidden }) => {
          const today = dayOf(secondsOf(message.ts), me.tz);
          const isNew = today !== day;
          day = today;
          return (
            <Fragment key={message.ts}>
              {isNew && (
                <div className="day">
                  <span>{today}</span>
                </div>
              )}
              <MessageRow
                channel={channel}
                message={message}
                hidden={hidden}
                replies={all.filter((one) => one.thread_ts === message.ts)}
                {...(hidden ? { onDismiss: () => setDismissed([...dismissed, message.ts]) } : {})}
              />
            </Fragment>
          );
        })}
      </div>
      {news && (
        <button type="button" className="news" data-testid="news" onClick={end}>
          ↓ <b>{behind} new</b> {news.hidden && '👁 only visible to you: '}
          {news.message.text.slice(0, 120)}
        </button>
      )}
      <Composer channel={channel} name={title} onSend={end} />
    </>
  );
}

/** The parent stands in both places; tests tell them apart by `main` and `thread-panel`. */
export function ThreadPanel({ channel, thread }: { channel: string; thread: string }) {
  const { state, go } = useViewer();
  const all = state.messages[channel] ?? [];
  const parent = all.find((one) => one.ts === thread);
  const replies = all.filter((one) => one.thread_ts === thread && one.ts !== thread);
  const whispers = state.ephemerals.filter(
    (one) => one.channel === channel && one.message.thread_ts === thread,
  );
  const rows = [
    ...replies.map((message) => ({ message, hidden: false })),
    ...whispers.map(({ message }) => ({ message, hidden: true })),
  ].sort(byTime);
  const { list, look, end } = useReading(rows.length, thread, 'end');
  return (
    <aside className="thread" aria-label="Thread" data-testid="thread-panel">
      <header>
        <h2>Thread</h2>
        <button type="button" aria-label="Close thread" onClick={() => go({ channel })}>
          ✕
        </button>
      </header>
      <div className="messages" ref={list} onScroll={look}>
        {parent && <MessageRow channel={channel} message={parent} />}
        <div className="count">
          {replies.length} {replies.length === 1 ? 'reply' : 'replies'}
        </div>
        {rows.map(({ message, hidden }) => (
          <MessageRow key={message.ts} channel={channel} message={message} hidden={hidden} />
        ))}
      </div>
      <Composer channel={channel} thread={thread} name="thread" onSend={end} />
    </aside>
  );
}
