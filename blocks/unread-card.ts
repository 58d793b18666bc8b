import type { KnownBlock } from '@slack/types';
import { bold, code, inert, line, rich, t } from './parts';

/** Something came that is no finding we can read: it is kept, and people hear of it. */
export const unreadCard = ({
  id,
  because,
}: {
  id: string;
  because: string;
}): { text: string; blocks: KnownBlock[] } => ({
  text: inert(`An event could not be read and was kept: ${because}`),
  blocks: [
    rich(
      line(bold('⚠️ An event could not be read. It is kept for 90 days.')),
      line(t(because, 500)),
      line(t('Kept as'), code(id, 120)),
    ),
  ],
});
