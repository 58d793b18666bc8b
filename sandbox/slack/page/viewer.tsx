import { createContext, useContext } from 'react';
import type { Answer } from '../driver';
import type { Json } from '../json';
import type { Person } from '../people';
import type { Snapshot } from '../server/snapshot';

/** Where the person looks: a channel, or one of the app's two tabs. */
export type Place = { channel: string; thread?: string | undefined } | { tab: 'home' | 'messages' };

/** What every part of the page knows: who looks, at what, and how to act. */
export interface Viewer {
  state: Snapshot;
  me: Person;
  place: Place;
  go: (place: Place) => void;
  toast: (text: string) => void;
  /** Waits for the bot's answer and shows what Slack's client would show when it fails. */
  run: (what: string, answer: Promise<Answer>) => Promise<Answer | undefined>;
  /** Asks with the app's own confirm dialog. */
  confirm: (dialog: Json) => Promise<boolean>;
}

export const ViewerContext = createContext<Viewer | undefined>(undefined);

export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('rendered outside of the page');
  return viewer;
}

/** How blocks report what a person does with them. */
export interface Hands {
  act: (done: { actionId: string; blockId: string; value?: string | string[] }) => void;
  /** What was chosen or typed so far, by `blockId.actionId`. */
  values: Record<string, string | string[]>;
  set: (key: string, value: string | string[]) => void;
  errors: Record<string, string>;
}
