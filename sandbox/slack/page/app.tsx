/// <reference lib="dom" />
import { useEffect, useMemo, useState } from 'react';
import type { Answer } from '../driver';
import type { Json } from '../json';
import type { Snapshot } from '../server/snapshot';
import { fetchSnapshot, onChange } from './api';
import { ChannelView, ThreadPanel } from './channel';
import { AppPage } from './home';
import { ConfirmDialog, Modal } from './modal';
import { pathOf, placeOf, savedPerson } from './place';
import { Sidebar } from './sidebar';
import { TopBar } from './topbar';
import { ViewerContext, type Place, type Viewer } from './viewer';

/** The state as this person sees it, fetched whole whenever something changed. */
function useSnapshot(user: string): Snapshot | undefined {
  const [state, setState] = useState<Snapshot>();
  useEffect(() => {
    let asked = 0;
    // Answers may overtake each other; only the newest counts.
    const load = (): void => {
      const mine = (asked += 1);
      fetchSnapshot(user).then(
        (fresh) => mine === asked && setState(fresh),
        () => undefined,
      );
    };
    load();
    const stop = onChange(load);
    return () => {
      asked = -1;
      stop();
    };
  }, [user]);
  return state?.user === user ? state : undefined;
}

/** What Slack's client says of a failed command; clicks only get its warning triangle, here with the reason. */
const failureText = (what: string, shown: string): string =>
  what.startsWith('/')
    ? shown === 'invalid_command'
      ? `${what} is not a valid command.`
      : `${what} failed with the error "${shown}"`
    : `${what} didn’t work: Drawbridge answered with "${shown}". Try again?`;

export function App() {
  const [user, setUser] = useState(savedPerson);
  const [place, setPlace] = useState<Place>(() => placeOf(location.pathname));
  const [toasts, setToasts] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState<{ dialog: Json; answer: (yes: boolean) => void }>();
  const state = useSnapshot(user);
  const me = state?.people.find((one) => one.id === user);

  const viewer = useMemo<Viewer | undefined>(() => {
    if (!state || !me) return undefined;
    const toast = (text: string): void => {
      setToasts((old) => [...old, text]);
      setTimeout(() => setToasts((old) => old.slice(1)), 6_000);
    };
    return {
      state,
      me,
      place,
      toast,
      go(to) {
        setPlace(to);
        history.pushState(null, '', pathOf(to));
      },
      async run(what, answer: Promise<Answer>) {
        try {
          const told = await answer;
          if (told.shown !== 'ok' && !told.errors) toast(failureText(what, told.shown));
          return told;
        } catch (error) {
          toast(error instanceof Error ? error.message : String(error));
          return undefined;
        }
      },
      confirm: (dialog) => new Promise((answer) => setAsking({ dialog, answer })),
    };
  }, [state, me, place]);

  useEffect(() => {
    const back = (): void => setPlace(placeOf(location.pathname));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);

  if (!viewer || !state) return null;
  const channel =
    'channel' in place ? state.channels.find((one) => one.id === place.channel) : null;
  const top = state.views.at(-1);
  const become = (id: string): void => {
    sessionStorage.setItem('as', id);
    setUser(id);
  };
  return (
    <ViewerContext value={viewer}>
      <TopBar become={become} />
      <Sidebar />
      <main>
        <header className="title">
          <h1>{'tab' in place ? 'Drawbridge' : `# ${channel?.name ?? place.channel}`}</h1>
          <span>{'tab' in place ? 'App' : channel?.topic}</span>
        </header>
        {'tab' in place ? (
          <AppPage tab={place.tab} />
        ) : channel ? (
          <ChannelView key={channel.id} channel={channel.id} title={`#${channel.name}`} />
        ) : (
          <p className="empty">You are not in this channel.</p>
        )}
      </main>
      {channel && 'channel' in place && place.thread !== undefined && (
        <ThreadPanel channel={channel.id} thread={place.thread} />
      )}
      {top && <Modal key={top.id} view={top} />}
      {asking && (
        <ConfirmDialog
          dialog={asking.dialog}
          answer={(yes) => {
            setAsking(undefined);
            asking.answer(yes);
          }}
        />
      )}
      <div className="toasts" role="status" data-testid="toasts">
        {toasts.map((text, index) => (
          <div key={index}>{text}</div>
        ))}
      </div>
    </ViewerContext>
  );
}
