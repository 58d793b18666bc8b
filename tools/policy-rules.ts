import { parse, YAMLParseError } from 'yaml';
import { Policy } from '../src/domain/policy';
import { offers } from '../src/playbooks/offers';

/** What is wrong with a policy file: where, what, and what to write instead. */
export const policyFaults = (text: string): string[] => {
  const read = readYaml(text);
  if ('fault' in read) return [read.fault];
  const result = Policy.safeParse(read.value);
  if (!result.success) return result.error.issues.map((issue) => words(issue));
  return sense(result.data);
};

const readYaml = (text: string): { value: unknown } | { fault: string } => {
  try {
    return { value: parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const line = error.linePos?.[0].line ?? 1;
    return { fault: `line ${line}: this is not YAML: ${error.message.split('\n')[0]}` };
  }
};

type Issue = { path: PropertyKey[]; message: string; code?: string; keys?: string[] };

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    '',
  ) || 'the file';

/** What to write there, by the last name of the path. */
const remedies: Record<string, string> = {
  version: 'write version: 1',
  environment: 'write a name of 1 to 20 characters, such as production',
  team: 'write the workspace id (T…); in Slack’s web address it follows /client/',
  account: 'write 12 digits in quotes',
  id: 'write 12 digits in quotes',
  region: 'write a region such as eu-west-1',
  users: 'write member ids (U…); in Slack, “Copy member ID” shows them',
  groups: 'write user group ids (S…)',
  approvals: 'write a number from 1 to 5',
  from: 'write responder or approver',
  by: 'write responder or approver',
  separate: 'write true or false',
  expiresAfter: 'write a time such as 30m, 4h or 10d',
  within: 'write a time such as 30m, 4h or 10d',
  to: 'write a channel id (C…); in Slack, “View channel details” shows it',
  severity: 'write a list of critical, high, medium, low, informational',
  routing: 'write at least one route: - { when: {}, to: C… }',
};

const words = ({ path, message, code, keys }: Issue): string => {
  if (code === 'unrecognized_keys')
    return `${pathOf(path)}: unknown ${(keys ?? []).join(', ')}: take it out, or mend its spelling`;
  const name = path.findLast((key) => typeof key === 'string');
  const remedy = remedies[String(name)] ?? 'see config/drawbridge.yml for its form';
  return `${pathOf(path)}: ${message}: ${remedy}`;
};

/** What a schema cannot see. */
const sense = ({ approval, routing, accounts, hub, roles }: Policy): string[] => {
  const ids = new Set(offers.map(({ id }) => id));
  const last = routing.at(-1)?.when ?? {};
  return [
    ...Object.keys(approval.playbooks)
      .filter((id) => !ids.has(id))
      .map((id) => `approval.playbooks.${id}: there is no such playbook: ${[...ids].join(', ')}`),
    ...(Object.keys(last).length > 0
      ? [
          `routing[${routing.length - 1}].when: the last route takes what no other took, so its conditions count for nothing: write when: {}`,
        ]
      : []),
    ...(accounts.some(({ id }) => id === hub.account)
      ? []
      : [`hub.account: ${hub.account} is not among the accounts: add it there with a name`]),
    ...(['responder', 'approver'] as const)
      .filter((role) => roles[role].users.length + roles[role].groups.length === 0)
      .map((role) => `roles.${role}: nobody has it: add users or groups`),
  ];
};
