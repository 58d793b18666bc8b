/// <reference lib="dom" />
import { useEffect, useState } from 'react';
import { driver } from './api';
import { Blocks } from './blocks';
import { ChannelView } from './channel';
import { useViewer, type Hands } from './viewer';

const tabs = [
  { tab: 'home', title: 'Home' },
  { tab: 'messages', title: 'Messages' },
] as const;

/** The app's own page: its Home tab, and the person's direct messages with it. */
export function AppPage({ tab }: { tab: 'home' | 'messages' }) {
  const { state, go } = useViewer();
  return (
    <>
      <nav className="tabs" role="tablist">
        {tabs.map((one) => (
          <button
            key={one.tab}
            type="button"
            role="tab"
            aria-selected={one.tab === tab}
            data-testid={`${one.tab}-tab`}
            onClick={() => go({ tab: one.tab })}
          >
            {one.title}
          </button>
        ))}
      </nav>
      {tab === 'home' ? <HomeTab /> : <ChannelView channel={state.dm} title="Drawbridge" />}
    </>
  );
}

function HomeTab() {
  const { state, me, run, toast } = useViewer();
  const [values, setValues] = useState<Hands['values']>({});
  // Opening the tab tells the app, which then publishes the view.
  useEffect(() => {
    driver.openHome(me.id).catch((error: unknown) => toast(String(error)));
    // Once per person, not on each change of the page's state.
  }, [me.id]);
  const view = state.home;
  if (!view) return <p className="empty">This app has not published a Home view for you yet.</p>;
  const hands: Hands = {
    values,
    errors: {},
    set: (key, value) => setValues((old) => ({ ...old, [key]: value })),
    act: (done) =>
      void run('That', driver.clickInView({ user: me.id, viewId: view.id, values, ...done })),
  };
  return (
    <div className="home" data-testid="home">
      <Blocks blocks={view.blocks} hands={hands} />
    </div>
  );
}
