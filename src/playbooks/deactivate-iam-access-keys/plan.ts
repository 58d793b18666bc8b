import type { Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import { keyText, type DeactivateAccessKey } from '../../operations/iam/deactivate-access-key';
import { dateOf, isOver, ruleOf, sinceUse, type Rule } from './age';
import { radius } from './radius';
import type { KeyFacts, UserFacts } from './read';

export const plan = (facts: UserFacts, { target, control, now }: Asked): Planned => {
  const user = target.id;
  if (facts.kind === 'missing')
    return { kind: 'compliant', because: `The IAM user ${user} does not exist any more.` };
  const rule = ruleOf(control);
  const due = facts.keys.filter(
    (key) => key.active && isOver(rule.by === 'age' ? key.created : sinceUse(key), rule.days, now),
  );
  const { password } = facts;
  const idlePassword =
    password && rule.password !== undefined && isOver(sinceUse(password), rule.password, now)
      ? `The console password of ${user} was not used for ${rule.password} days`
      : undefined;
  if (due.length === 0)
    return idlePassword
      ? { kind: 'refusal', because: `${idlePassword}, and no access key is due. ${remedy(user)}` }
      : { kind: 'compliant', because: nothingDue(user, rule) };
  const rest = facts.keys.filter((key) => !due.includes(key));
  return {
    kind: 'plan',
    plan: {
      playbook: 'deactivate-iam-access-keys',
      target,
      steps: due.map(({ id }) => ({
        operation: 'iam.deactivate-access-key',
        input: { user, accessKeyId: id } satisfies DeactivateAccessKey,
        phase: 'change',
      })),
      effects: due.map((key) => ({
        what: `Access key ${keyText(key.id)}`,
        before: `active, ${historyOf(key, rule)}`,
        after: 'inactive',
      })),
      keeps: [
        ...rest.map(
          ({ id, active }) => `Access key ${keyText(id)}: ${active ? 'active' : 'inactive'}`,
        ),
        ...(password ? ['Console password'] : []),
        'Permissions, groups and MFA devices',
      ],
      warnings: due.flatMap((key) => warningOf(key, rule)),
      ...(idlePassword && {
        leaves: `${idlePassword} and stays: the finding is not over before it is gone. ${remedy(user)}`,
      }),
      blastRadius: radius({ user, facts, due, rest, now }),
      reversible: 'exactly',
    },
  };
};

/** A login profile can only be deleted, and the same password cannot be set again. */
const remedy = (user: string): string =>
  `AWS cannot switch a password off and on again, so remove it by hand once its owner agrees: IAM, user ${user}, Security credentials, Manage console access, Disable.`;

const nothingDue = (user: string, { by, days, password }: Rule): string => {
  if (by === 'use')
    return `${user} has no active access key and no console password unused for ${days} days.`;
  const also = password === undefined ? '' : ` and no console password unused for ${password} days`;
  return `${user} has no active access key older than ${days} days${also}.`;
};

/** The last use stands in the plan only where it is what is judged: a busy key would change the plan each hour. */
const historyOf = ({ created, lastUsed }: KeyFacts, { by }: Rule): string => {
  const made = `created ${dateOf(created)}`;
  if (by === 'age') return made;
  return lastUsed ? `${made}, last used ${dateOf(lastUsed)}` : `${made}, never used`;
};

const warningOf = ({ id, lastUsed }: KeyFacts, { by }: Rule): string[] =>
  by === 'age' && lastUsed
    ? [
        `Access key ${keyText(id)} has been used: whatever still signs with it fails at once. See below who used it last.`,
      ]
    : [];
