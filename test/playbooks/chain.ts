import { responderRoles, workloads } from '../../sandbox/estate';
import type { Call, PolicyDocument } from '../../sandbox/edge';
import { root } from '../../tools/source';

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  typeof value === 'string' ? [value] : (value ?? []);

/** A denial of some resources, or of all but some, still lets the action be granted for the others. */
export const actionsIn = (
  policies: readonly PolicyDocument[],
  effect: 'Allow' | 'Deny' = 'Allow',
): Set<string> =>
  new Set(
    policies
      .flatMap(({ Statement }) => Statement)
      .filter(({ Effect, Resource }) => Effect === effect && isMeant(effect, Resource))
      .flatMap(({ Action }) => listOf(Action)),
  );

const isMeant = (effect: 'Allow' | 'Deny', resources: unknown): boolean =>
  resources !== undefined && (effect === 'Allow' || [resources].flat().includes('*'));

/** What infra/member-account.yml gives to the responder role, and takes from it. */
export const memberRole = responderRoles(root, [workloads], [])[0]!;

/**
 * The chain of law 14, link by link: a recorded call is in its session's policy, all of a session's policy is declared,
 * and all that is declared is granted to the role. Answers with what breaks it.
 */
export const outsideOf = (declared: ReadonlySet<string>, calls: readonly Call[]): string[] => {
  const granted = actionsIn(memberRole.policies);
  const denied = actionsIn(memberRole.policies, 'Deny');
  const sessions = calls.filter(({ session, service }) => session && service !== 'sts');
  return [
    ...sessions.flatMap(({ service, action, sessionPolicies }) => {
      const name = `${service}:${action}`;
      const allowed = actionsIn(sessionPolicies);
      return [
        ...(allowed.has(name) ? [] : [`${name} is called and not in its session`]),
        ...[...allowed]
          .filter((each) => !declared.has(each))
          .map((each) => `${each} is in a session and not declared`),
      ];
    }),
    ...[...declared]
      .filter((each) => !granted.has(each) || denied.has(each))
      .map((each) => `${each} is declared and not granted`),
  ];
};
