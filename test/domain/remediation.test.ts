import { isOpen, mayFollow, Remediation, Status, type State } from '../../src/domain/remediation';
import { aProposal, aRemediation } from '../support/builders';

const states: readonly State[] = Status.def.options.map(
  (option) => option.shape.state.def.values[0]!,
);

describe('a state', () => {
  it('is open exactly while something runs or is waited for', () => {
    expect(states.filter(isOpen)).toEqual([
      'preparing',
      'awaiting approval',
      'approved',
      'applying',
      'rolling back',
      'undoing',
    ]);
  });

  it('that is open can always be held: whatever falls ends with words (law 10)', () => {
    for (const state of states.filter(isOpen))
      expect([state, mayFollow(state, 'held')]).toEqual([state, true]);
  });

  it('that is closed leads nowhere but to an undo, and only where something was done', () => {
    const onward = states
      .filter((state) => !isOpen(state))
      .flatMap((from) => states.filter((to) => mayFollow(from, to)).map((to) => [from, to]));

    expect(onward).toEqual([
      ['done', 'undoing'],
      ['held', 'undoing'],
    ]);
  });

  it('of applying comes only after approved: nobody’s plan is carried out undecided (law 2)', () => {
    expect(states.filter((from) => mayFollow(from, 'applying'))).toEqual(['approved']);
    // From preparing by a rule of the policy only; approved again while it waits for its window.
    expect(states.filter((from) => mayFollow(from, 'approved'))).toEqual([
      'preparing',
      'awaiting approval',
      'approved',
    ]);
    // An undo that is not the one that was shown leaves it done.
    expect(states.filter((from) => mayFollow(from, 'done'))).toEqual(['applying', 'undoing']);
  });
});

it('a remediation comes back from storage as it was', () => {
  const remediation = aRemediation({ proposal: aProposal() });

  expect(Remediation.parse(JSON.parse(JSON.stringify(remediation)))).toEqual(remediation);
});
