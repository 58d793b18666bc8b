/** One piece of evidence, as it is kept. */
export interface Artefact {
  /** `<remediation>/<step>` that kept it. */
  readonly run: string;
  readonly name: string;
  readonly key: string;
  readonly version: string;
  /** 64 hex digits, of the bytes as kept. */
  readonly sha256: string;
  readonly size: number;
  /** ISO time at which it was kept. */
  readonly at: string;
  /** The person in whose name it was taken. */
  readonly by: string;
  /** What it lacks, and why; empty where it is whole. */
  readonly note: string;
}

/** What operations need besides AWS's own calls. No action of the target's account is behind them. */
export interface OwnCalls {
  /** Waits within a step, at most a minute. */
  'clock:Pause': [{ readonly milliseconds: number }, Record<string, never>];
  /** What time it is, in ISO: for work that has a deadline, never for a plan. */
  'clock:GetTime': [Record<string, never>, { readonly at: string }];
  /** The account of the forensics team that the policy names, 12 digits; empty if none. */
  'evidence:GetForensicAccount': [Record<string, never>, { readonly account: string }];
  /** Keeps it in the locked bucket of evidence, once per run and name: a second try answers with the first. */
  'evidence:Keep': [
    {
      readonly run: string;
      /** Letters, digits, dots, dashes and underscores, 120 at most: anything else becomes an underscore. */
      readonly name: string;
      readonly content: string;
      readonly encoding: 'utf8' | 'base64';
      readonly type: string;
      readonly note?: string;
    },
    Artefact,
  ];
  /** What was kept by this very run, or by all steps of its remediation; by name. */
  'evidence:List': [
    { readonly run: string; readonly of: 'step' | 'remediation' },
    { readonly artefacts: readonly Artefact[] },
  ];
}
