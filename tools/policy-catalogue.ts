import type { Policy } from '../src/domain/policy';
import { fits } from '../src/domain/policy/matching';
import type { Offer } from '../src/domain/playbook';
import { offers } from '../src/playbooks/offers';

type Playbook = Pick<Offer, 'id' | 'answers' | 'risk'>;
type When = Policy['rules'][number]['when'];

/** Playbooks that are written, and those that the file declares. */
export const playbooksOf = ({ tools }: Policy): readonly Playbook[] => [...offers, ...tools];

/** Does a playbook answer this control, or one of `EC2.*`? */
export const answers = ({ answers: all }: Playbook, control: string): boolean =>
  all.some((each) => fits(control, each));

/** The playbooks for which a rule may be meant. */
export const meantBy = (policy: Policy, { playbook, control }: When): Playbook[] =>
  playbooksOf(policy).filter(
    (each) =>
      (!playbook || playbook.includes(each.id)) &&
      (!control || control.some((word) => answers(each, word))),
  );
