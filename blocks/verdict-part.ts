import type { RichTextSection } from '@slack/types';
import type { RunView } from './case-view';
import { line, moment, t } from './parts';

/** After a change that was read back: whether the control itself agrees. Only controls have an opinion. */
export const verdictLines = ({ record, remediation }: RunView): RichTextSection[] => {
  if (!record) return [];
  const { finding, passedAt, doubtedAt } = record;
  if (remediation?.status.state !== 'done' || !finding.compliance) return [];
  const fails = finding.compliance === 'failed';
  if (passedAt)
    return [
      line(t('✅ Security Hub agrees: PASSED'), moment(passedAt)),
      ...(fails && finding.updatedAt > passedAt
        ? [line(t('⚠️ The control says FAILED again since'), moment(finding.updatedAt))]
        : []),
    ];
  if (doubtedAt && fails)
    return [
      line(
        t('⚠️ The control still says FAILED; it was evaluated after the change,'),
        moment(doubtedAt),
        t('– the finding is open again'),
      ),
    ];
  return [
    line(
      t(
        '⏳ Waits until the control is evaluated again: up to 24 hours, since AWS Config looks at some only once a day',
      ),
    ),
  ];
};
