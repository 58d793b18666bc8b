import type { Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import { nameOf, type FindingsFilter } from '../../operations/macie2/create-findings-filter';
import type { FilterFacts } from './read';

export const plan = (facts: FilterFacts, { target }: Asked): Planned => {
  if (facts.kind === 'no finding')
    return {
      kind: 'refusal',
      because: 'There is no finding of Macie that says which type to suppress.',
    };
  if (facts.kind === 'off')
    return {
      kind: 'refusal',
      because: `Macie does not answer in ${target.region} of account ${target.account}: it is off there, or Drawbridge may not ask it.`,
    };
  const { filter, state, hidden } = facts;
  if (state.ours)
    return { kind: 'compliant', because: `Macie archives ${what(filter)}, by ${nameOf(filter)}.` };
  if (state.id !== '')
    return {
      kind: 'refusal',
      because: `Macie has a filter ${nameOf(filter)} that says something else: look at it first.`,
    };
  return {
    kind: 'plan',
    plan: {
      playbook: 'suppress-macie-findings',
      target,
      steps: [{ operation: 'macie2.create-findings-filter', input: filter, phase: 'change' }],
      effects: [
        {
          what: `Findings filter ${nameOf(filter)}`,
          before: 'none',
          after: `archives ${what(filter)}`,
        },
      ],
      keeps: [
        'Findings that are there stay as they are, and so do cards and cases.',
        'Macie goes on to look, and writes its results as before.',
        'What jobs of a Macie administrator find is kept in that account: this filter does not hide it.',
      ],
      warnings: [
        `Nobody hears of such a finding from then on: no card, no event, nothing in Security Hub${filter.type.startsWith('Policy:') ? ', also when it happens anew' : ''}.`,
        ...(filter.type.startsWith('SensitiveData:') && filter.key === undefined
          ? [
              'This hides them for all objects of the bucket, also for those that are still to come.',
            ]
          : []),
      ],
      blastRadius: [
        `Of the last 30 days it would have hidden ${hidden} finding${hidden === 1 ? '' : 's'} in ${target.region} of account ${target.account}.`,
      ],
      leaves:
        'What Macie found stays as it is: a filter hides findings and changes nothing in the bucket.',
      reversible: 'exactly',
    },
  };
};

const what = ({ type, bucket, key }: FindingsFilter): string =>
  `new findings ${type} of ${key === undefined ? `the bucket ${bucket}` : `${bucket}/${key}`}`;
