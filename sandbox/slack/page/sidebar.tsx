/// <reference lib="dom" />
import { useEffect } from 'react';
import { Avatar } from './avatar';
import { FeedPanel } from './feed';
import { useViewer } from './viewer';

const readKey = (user: string, channel: string): string => `read:${user}:${channel}`;

/** Channels with something newer than what this person has seen. */
function useUnread(): (channel: string) => number {
  const { state, me, place } = useViewer();
  const open = 'channel' in place ? place.channel : place.tab === 'messages' ? state.dm : '';
  const latest = state.messages[open]?.at(-1)?.ts;
  useEffect(() => {
    if (latest) localStorage.setItem(readKey(me.id, open), latest);
  }, [latest, open, me.id]);
  return (channel) => {
    if (channel === open) return 0;
    const read = Number(localStorage.getItem(readKey(me.id, channel)) ?? 0);
    const news = (state.messages[channel] ?? []).filter(
      (one) => Number(one.ts) > read && one.user !== me.id && !one.thread_ts,
    );
    return news.length;
  };
}

export function Sidebar() {
  const { state, me, place, go } = useViewer();
  const unread = useUnread();
  const bot = state.people.find((one) => one.isBot);
  return (
    <nav className="sidebar" aria-label="Channels">
      <div className="scroll">
        <h4>Channels</h4>
        {state.channels.map((one) => {
          const here = 'channel' in place && place.channel === one.id;
          const news = unread(one.id);
          return (
            <button
              key={one.id}
              type="button"
              className={`item ${here ? 'here' : ''} ${news ? 'unread' : ''}`}
              aria-current={here ? 'page' : undefined}
              data-testid={`channel-${one.id}`}
              onClick={() => go({ channel: one.id })}
            >
              <span className="hash">#</span>
              {one.name}
              {one.isShared && <small title="Shared with another company">shared</small>}
              {news > 0 && <span className="badge">{news}</span>}
            </button>
          );
        })}
        <h4>Apps</h4>
        <button
          type="button"
          className={`item ${'tab' in place ? 'here' : ''} ${unread(state.dm) ? 'unread' : ''}`}
          data-testid="app-drawbridge"
          onClick={() => go({ tab: unread(state.dm) ? 'messages' : 'home' })}
        >
          <Avatar of={bot} small />
          Drawbridge
          {unread(state.dm) > 0 && <span className="badge">{unread(state.dm)}</span>}
        </button>
        <h4>Direct messages</h4>
        <div className="item person">
          <Avatar of={me} small />
          {me.realName} <small>you</small>
        </div>
      </div>
      {state.hasFeed && <FeedPanel />}
    </nav>
  );
}
