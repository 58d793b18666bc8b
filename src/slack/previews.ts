import type { ModalView } from '@slack/types';
import * as z from 'zod/mini';
import type { Form } from '../../blocks/intent';
import { refusalText } from '../../blocks/answers';
import { modal, wordsModal } from '../../blocks/modals';
import { planModal, undoModal, type Beside, type RulingWords } from '../../blocks/plan-modals';
import type { Deps } from '../app/ports';
import { look } from '../app/prepare';
import { offered } from '../app/request';
import { previewUndo } from '../app/undo-look';
import type { Finding } from '../domain/finding';
import { RemediationId } from '../domain/ids';
import type { Role } from '../domain/person';
import type { Offered } from '../domain/playbook';
import { opensAt, rulingFor, type Ruling } from '../domain/policy';

const notPossible = 'Not possible';

/** A no with those who could say yes, in the window that was opened for an answer. */
export const refusalView = (
  { policy }: Pick<Deps, 'policy'>,
  { because, who }: { because: string; who?: Role },
): ModalView => modal(notPossible, refusalText(because, who, policy).blocks);

const text = z.string();

export const PreviewTask = z.object({
  task: z.literal('preview'),
  viewId: text,
  channel: text,
  user: text,
  ask: z.object({ finding: text, playbook: text, target: text }),
});

export const UndoPreviewTask = z.object({
  task: z.literal('preview-undo'),
  viewId: text,
  channel: text,
  id: RemediationId,
});

/** The plan of what a button on a card stands for. */
export const previewOf = async (
  deps: Deps,
  { ask, user, channel }: Omit<z.infer<typeof PreviewTask>, 'task' | 'viewId'>,
  beside: Beside = {},
): Promise<ModalView> => {
  const found = await offered(deps, ask);
  if (!found) return wordsModal(notPossible, 'This finding is closed meanwhile.');
  const { record, offer } = found;
  const form = {
    kind: 'remediation.request',
    finding: record.finding.key,
    playbook: offer.offer.id,
    target: offer.target.id,
    channel,
  } as const;
  return planView(deps, { offer, form, finding: record.finding, user }, beside);
};

interface Preview {
  offer: Offered;
  form: Extract<Form, { kind: 'remediation.request' | 'case.request' }>;
  finding?: Finding;
  user: string;
}

/** What would change, with the options as they are unless somebody chooses others. */
export const planView = async (
  deps: Deps,
  { offer: { offer, target }, form, finding, user }: Preview,
  beside: Beside = {},
): Promise<ModalView> => {
  const ruling = rulingFor(deps.policy, { playbook: offer, target, finding });
  if (ruling.run === 'never') return wordsModal(notPossible, ruling.because);
  const control = finding?.control;
  const planned = await look(
    deps,
    offer.id,
    {
      target,
      ...(control && { control }),
      ...(finding && { finding }),
      now: deps.now().toISOString(),
    },
    { name: user, remediation: 'preview' },
  );
  const { options } = offer;
  const words = wordsOf(ruling, deps.now());
  return planModal(planned, ruling.rule, form, { options, ...words, ...beside });
};

const wordsOf = (ruling: Exclude<Ruling, { run: 'never' }>, now: Date): RulingWords => {
  const opens = ruling.window && opensAt(ruling.window, now);
  return {
    automatic: ruling.run === 'automatic',
    ...('because' in ruling && ruling.because && { because: ruling.because }),
    ...(opens && { opens: opens.toISOString() }),
  };
};

/** What an undo or a release would restore, and what others changed since. */
export const undoPreviewOf = async (
  deps: Deps,
  { id, channel }: Omit<z.infer<typeof UndoPreviewTask>, 'task' | 'viewId'>,
  beside: Pick<Beside, 'notes' | 'reason'> = {},
): Promise<ModalView> => {
  const found = await previewUndo(deps, id);
  if (!found) return wordsModal(notPossible, 'This remediation has no saved state to go back to.');
  const form = { kind: 'remediation.undo', id, channel, seen: found.seen } as const;
  return undoModal(found, form, beside);
};
