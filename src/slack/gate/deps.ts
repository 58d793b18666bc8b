import type { GateIdentifiers, GateSamples } from '../../app/gate/lookers';
import type { GateDeps } from '../../app/gate/ports';
import type { CaseId } from '../../domain/ids';
import type { Replies } from '../replies';
import type { Screens } from '../screens';

/** What the gate's desk has: the runs, Macie to look and to try, and Slack. */
export interface GateDeskDeps extends GateDeps {
  samples: GateSamples;
  identifiers: GateIdentifiers;
  replies: Replies;
  screens: Pick<Screens, 'show'>;
  /** Slack's own link to the card of a run; none where there is no card. */
  linkTo(of: CaseId): Promise<string | undefined>;
  /** What was typed into a form, as the slack function sealed it. */
  unseal(sealed: string): string;
}
