import type { EvidenceShelf } from '../../app/evidence';
import type { Groups } from '../../app/groups';
import type { Lists } from '../../app/lists';
import type { DoorDeps } from '../../app/ports';
import type { CaseId } from '../../domain/ids';
import type { Answer } from '../../../blocks/answers';
import type { Click } from '../../app/authority';
import type { Replies } from '../replies';
import type { Screens } from '../screens';

/** What the desk has: the table, Slack, and no way to change anything in AWS. */
export interface DeskDeps extends DoorDeps {
  lists: Lists;
  groups: Pick<Groups, 'read'>;
  replies: Replies;
  screens: Screens;
  /** Slack's own link to the card of a case; none where there is no card. */
  linkTo(of: CaseId): Promise<string | undefined>;
  /** The bucket of evidence, to read from. */
  evidence: EvidenceShelf;
  /** What `/drawbridge stats` answers. */
  stats(click: Click): Promise<Answer>;
  /** Puts a file into the thread of a case; `false` where the case has no card. */
  postFile(of: CaseId, name: string, content: string): Promise<boolean>;
}
