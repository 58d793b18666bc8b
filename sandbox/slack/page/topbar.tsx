/// <reference lib="dom" />
import { Avatar } from './avatar';
import { useViewer } from './viewer';

/** The person switch is the sandbox's own: in Slack everybody sits at their own client. */
export function TopBar({ become }: { become: (user: string) => void }) {
  const { state, me } = useViewer();
  return (
    <div className="topbar">
      <b className="brand">Sandbox</b>
      <span className="local">local workspace · nothing leaves this machine</span>
      <label className="who">
        <Avatar of={me} small />
        <span>You are:</span>
        <select
          data-testid="person-switch"
          aria-label="You are"
          value={me.id}
          onChange={({ target }) => become(target.value)}
        >
          {state.people
            .filter((one) => !one.isBot)
            .map((one) => (
              <option key={one.id} value={one.id}>
                {one.realName} — {one.role}
              </option>
            ))}
        </select>
      </label>
    </div>
  );
}
