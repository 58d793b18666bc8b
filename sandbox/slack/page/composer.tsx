/// <reference lib="dom" />
import { useState } from 'react';
import { driver } from './api';
import { useViewer } from './viewer';

interface Props {
  channel: string;
  thread?: string;
  name: string;
  onSend: () => void;
}

/** Sends commands and messages; a slash offers the registered commands with their usage. */
export function Composer({ channel, thread, name, onSend }: Props) {
  const { state, me, run, toast } = useViewer();
  const [text, setText] = useState('');
  const slash = text.startsWith('/') && thread === undefined;
  const word = text.split(' ')[0] ?? '';
  const offers = slash
    ? state.commands.filter(({ command }) =>
        text.includes(' ') ? command === word : command.startsWith(word),
      )
    : [];
  const send = async (): Promise<void> => {
    const said = text.trim();
    if (!said) return;
    setText('');
    onSend();
    if (said.startsWith('/') && thread === undefined) {
      await run(word, driver.command({ user: me.id, channel, text: said }));
      return;
    }
    const what = { user: me.id, channel, text: escaped(said), ...(thread ? { thread } : {}) };
    await driver.say(what).catch((error: unknown) => toast(String(error)));
  };
  return (
    <div className="composer">
      {offers.length > 0 && (
        <div className="offers" role="listbox" aria-label="Commands">
          {offers.map((one) => (
            <button
              key={one.command}
              type="button"
              role="option"
              aria-selected={one.command === word}
              onClick={() => setText(`${one.command} `)}
            >
              <b>{one.command}</b> <code>{one.hint}</code>
              <span>{one.description}</span>
            </button>
          ))}
        </div>
      )}
      <textarea
        data-testid={thread ? 'composer-thread' : 'composer'}
        aria-label={thread ? 'Reply' : `Message ${name}`}
        placeholder={thread ? 'Reply…' : `Message ${name} — / for commands`}
        rows={1}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Tab' && slash && offers[0] && !text.includes(' ')) {
            event.preventDefault();
            setText(`${offers[0].command} `);
          }
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          void send();
        }}
      />
      <button type="button" className="send" aria-label="Send" onClick={() => void send()}>
        ➤
      </button>
    </div>
  );
}

/** People's text is escaped by Slack's client; what they type is never markup for others. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
