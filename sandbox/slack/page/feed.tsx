/// <reference lib="dom" />
import { useEffect, useState } from 'react';
import { fetchSamples, sendFinding, type Sample } from './api';
import { useViewer } from './viewer';

/** Not part of Slack: the AWS side of the sandbox, so that a newcomer can make something happen. */
export function FeedPanel() {
  const { toast } = useViewer();
  const [samples, setSamples] = useState<Sample[]>([]);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    fetchSamples().then(setSamples, () => setSamples([]));
  }, []);
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await sendFinding(JSON.parse(text));
      toast('Sent. The message appears when Drawbridge has taken the finding in.');
    } catch (error) {
      toast(error instanceof SyntaxError ? 'That is not JSON.' : String(error));
    }
    setBusy(false);
  };
  return (
    <section className="feed" aria-label="Feed a finding">
      <h4>Feed a finding</h4>
      <select
        aria-label="Sample finding"
        data-testid="feed-sample"
        defaultValue=""
        onChange={({ target }) => {
          const found = samples.find((one) => one.name === target.value);
          if (found) setText(JSON.stringify(found.event, null, 2));
        }}
      >
        <option value="">Choose a sample…</option>
        {samples.map((one) => (
          <option key={one.name}>{one.name}</option>
        ))}
      </select>
      <textarea
        aria-label="Finding as JSON"
        data-testid="feed-json"
        rows={5}
        spellCheck={false}
        placeholder="… or paste the JSON of any finding"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <button
        type="button"
        data-testid="feed-send"
        disabled={busy || text.trim() === ''}
        onClick={() => void send()}
      >
        {busy ? 'Sending…' : 'Send as EventBridge would'}
      </button>
    </section>
  );
}
