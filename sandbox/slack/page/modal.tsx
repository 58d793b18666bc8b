/// <reference lib="dom" />
import { useEffect, useState } from 'react';
import { isJson, type Json } from '../json';
import type { View } from '../world';
import { driver } from './api';
import { Blocks } from './blocks';
import { Text, wordsOf } from './text';
import { useViewer, type Hands } from './viewer';

/** The view on top of the person's stack. Mounted once per view id, so that typed text survives updates. */
export function Modal({ view }: { view: View }) {
  const { me, run, toast } = useViewer();
  const [values, setValues] = useState<Hands['values']>({});
  const [errors, setErrors] = useState<Hands['errors']>({});
  const [busy, setBusy] = useState(false);
  const at = { user: me.id, viewId: view.id };
  const hands: Hands = {
    values: present(values, view),
    errors,
    set: (key, value) => setValues((old) => ({ ...old, [key]: value })),
    act: (done) => void run('That', driver.clickInView({ ...at, values: hands.values, ...done })),
  };
  const close = (all: boolean): void => {
    driver.closeView({ ...at, all }).catch((error: unknown) => toast(String(error)));
  };
  const submit = async (): Promise<void> => {
    setBusy(true);
    const answer = await run('That', driver.submit({ ...at, values: hands.values }));
    setErrors(answer?.errors ?? {});
    setBusy(false);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => void (event.key === 'Escape' && close(false));
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  return (
    <div className="veil">
      <div
        className="modal"
        role="dialog"
        aria-modal="true"
        aria-label={wordsOf(view['title'])}
        data-testid="modal"
      >
        <header>
          <h2>{wordsOf(view['title'])}</h2>
          <button type="button" aria-label="Close" onClick={() => close(true)}>
            ✕
          </button>
        </header>
        <div className="body">
          <Blocks blocks={view.blocks} hands={hands} />
        </div>
        <footer>
          <button
            type="button"
            className="button"
            data-testid="modal-close"
            onClick={() => close(false)}
          >
            {wordsOf(view['close']) || (view['previous_view_id'] === null ? 'Cancel' : 'Back')}
          </button>
          {view['submit'] !== null && view['submit'] !== undefined && (
            <button
              type="button"
              className="button filled"
              data-testid="modal-submit"
              disabled={busy}
              onClick={() => void submit()}
            >
              {busy ? 'Sending…' : wordsOf(view['submit'])}
            </button>
          )}
        </footer>
      </div>
    </div>
  );
}

/** After an update some inputs may be gone; their values must not be sent. */
function present(values: Hands['values'], view: View): Hands['values'] {
  const state = view.state.values;
  const known = new Set(
    Object.entries(state).flatMap(([block, of]) =>
      Object.keys(isJson(of) ? of : {}).map((action) => `${block}.${action}`),
    ),
  );
  return Object.fromEntries(Object.entries(values).filter(([key]) => known.has(key)));
}

export function ConfirmDialog(props: { dialog: Json; answer: (yes: boolean) => void }) {
  const { dialog, answer } = props;
  useEffect(() => {
    // Captured first, so that Escape does not also close the modal below.
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopImmediatePropagation();
      answer(false);
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  });
  const style = dialog['style'] === 'danger' ? 'danger filled' : 'filled';
  return (
    <div className="veil over">
      <div className="modal small" role="alertdialog" aria-modal="true" data-testid="confirm">
        <header>
          <h2>{wordsOf(dialog['title'])}</h2>
        </header>
        <div className="body">
          <Text of={dialog['text']} />
        </div>
        <footer>
          <button
            type="button"
            className="button"
            data-testid="confirm-deny"
            onClick={() => answer(false)}
          >
            {wordsOf(dialog['deny'])}
          </button>
          <button
            type="button"
            className={`button ${style}`}
            data-testid="confirm-yes"
            onClick={() => answer(true)}
          >
            {wordsOf(dialog['confirm'])}
          </button>
        </footer>
      </div>
    </div>
  );
}
