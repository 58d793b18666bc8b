import { accountLabel, type Policy } from '../src/domain/policy';
import { didYouMean } from './nearest';
import { meantBy } from './policy-catalogue';
import type { Fault } from './policy-issues';

const aDay = 86_400_000;
/** As infra/gate.yml has it: ten days beyond the time that people have by default. */
const reviewDays = 15;

/** The review bucket's life cycle knows nothing of the policy. */
const tooLong = ({ gate }: Policy): Fault[] => {
  const days = Math.ceil((gate?.decideWithin ?? 0) / aDay) + 10;
  if (days <= reviewDays) return [];
  const words = `what is held is deleted after ${reviewDays} days: deploy with the parameter GateReviewDays at ${days}, at least`;
  return [{ path: ['gate', 'decideWithin'], words }];
};

/** What is allowed, and still worth a second look. It is told, and stops nothing. */
export const cautionsOf = (policy: Policy, now: Date): Fault[] => [
  ...tooLong(policy),
  ...policy.exceptions.flatMap(({ until }, index) =>
    until < now.toISOString()
      ? [
          {
            path: ['exceptions', index, 'until'],
            words: `this exception ended on ${until.slice(0, 10)}: take it out, or set a later day`,
          },
        ]
      : [],
  ),
  ...policy.rules.flatMap((rule, index) => {
    const risky = meantBy(policy, rule.when).filter(({ risk }) => risk === 'high');
    return rule.run === 'automatic' && risky.length > 0
      ? [
          {
            path: ['rules', index, 'run'],
            words: `of high risk, and without a person: ${risky.map(({ id }) => id).join(', ')}: name in \`playbook\` those that may`,
          },
        ]
      : [];
  }),
  ...(['rules', 'exceptions', 'routing'] as const).flatMap((name) =>
    policy[name].flatMap(({ when: { account = [] } }, index) =>
      account
        .map((id, at) => ({ id, at }))
        .filter(({ id }) => accountLabel(policy, id) === id)
        .map(({ id, at }) => ({
          path: [name, index, 'when', 'account', at],
          words: `${id} is not among the accounts${didYouMean(
            id,
            policy.accounts.map((each) => each.id),
          )}: add it there with a name`,
        })),
    ),
  ),
];
