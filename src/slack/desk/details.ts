import type { ModalView } from '@slack/types';
import { caseDetailsModal, detailsModal } from '../../../blocks/details';
import { handOver } from '../../../blocks/hand-over';
import { wordsModal } from '../../../blocks/modals';
import { admit, type Click } from '../../app/authority';
import { piecesOf, tookEvidence } from '../../app/evidence';
import type { FindingRecord } from '../../app/ports';
import { CaseId, RemediationId, type FindingKey } from '../../domain/ids';
import type { Remediation } from '../../domain/remediation';
import type { DeskDeps } from './deps';

type Key = FindingKey | RemediationId;

/** A finding with its latest remediation, or a remediation that a command asked for. */
type Known =
  | { record: FindingRecord; remediation?: Remediation | undefined }
  | { record?: undefined; remediation: Remediation };

const isRemediation = (key: Key): key is RemediationId => RemediationId.safeParse(key).success;

/** What is known of a case, for members in channels of ours (law 3); else words. */
const known = async (deps: DeskDeps, key: Key, click: Click): Promise<Known | string> => {
  const { store } = deps;
  const admitted = await admit(deps, click, false);
  if (!admitted.ok) return `✋ ${admitted.because}`;
  if (isRemediation(key)) {
    const remediation = await store.remediation(key);
    return remediation ? { remediation } : 'This case is not known here.';
  }
  const record = await store.finding(key);
  if (!record) return 'This finding is not known here.';
  const latest = record.remediation;
  return { record, remediation: latest && (await store.remediation(latest)) };
};

/** Everything that fits into a window. */
export const detailsOf = async (deps: DeskDeps, key: Key, click: Click): Promise<ModalView> => {
  const found = await known(deps, key, click);
  if (typeof found === 'string') return wordsModal('Not possible', found);
  const trail = await deps.store.trail(CaseId.parse(key));
  return found.record
    ? detailsModal(found.record, trail, deps.policy, click.channel)
    : caseDetailsModal(found.remediation, trail, deps.policy, click.channel);
};

/** Everything that is known of the case, for those who want to read on elsewhere. Answers with words for who asked. */
export const fileOf = async (deps: DeskDeps, key: Key, click: Click): Promise<string> => {
  const found = await known(deps, key, click);
  if (typeof found === 'string') return found;
  const { record, remediation } = found;
  const of = CaseId.parse(key);
  const trail = await deps.store.trail(of);
  // An isolation is handed over to people: they get a page to read as well.
  if (remediation && tookEvidence(remediation)) {
    const page = handOver(remediation, await piecesOf(deps, remediation, trail), trail);
    await deps.postFile(of, `${remediation.id}.md`, page);
  }
  const content = JSON.stringify({ finding: record, remediation, trail }, null, 2);
  const name = record ? `finding-${key.slice(0, 8)}.json` : `${key}.json`;
  return (await deps.postFile(of, name, content))
    ? '📎 The file stands in the thread of the card.'
    : `This ${record ? 'finding' : 'case'} has no card, so there is no thread for the file.${record ? ' Give it its own card first.' : ''}`;
};
