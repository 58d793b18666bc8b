/** One piece of evidence, as it is kept. */
export interface Artefact {
  readonly name: string;
  readonly key: string;
  readonly version: string;
  /** 64 hex digits, of the bytes as kept. */
  readonly sha256: string;
  readonly size: number;
  readonly at: string;
}

/** What operations need besides AWS's own calls. No action of the target's account is behind them. */
export interface OwnCalls {
  /** Waits within a step, at most a minute. */
  'clock:Pause': [{ readonly milliseconds: number }, Record<string, never>];
  /** Keeps it in the locked bucket of evidence, once per run and name: a second try answers with the first. */
  'evidence:Keep': [
    {
      readonly run: string;
      readonly name: string;
      readonly content: string;
      readonly encoding: 'utf8' | 'base64';
      readonly type: string;
    },
    Artefact,
  ];
  /** All that was kept for the remediation of this run, by name. */
  'evidence:List': [{ readonly run: string }, { readonly artefacts: readonly Artefact[] }];
}
