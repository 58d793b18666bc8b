import type { Effect, Planned } from '../../domain/plan';
import type { Asked } from '../../domain/playbook';
import type { ReplacePermissions } from '../../operations/lambda/replace-permissions';
import type { Statement } from '../../operations/policy-document';
import { permissionText } from '../../operations/public-statement';
import { canReturn, changeOf, isForAnyAccount, type Change } from './narrow';
import { functionOf, type FunctionFacts } from './read';

type Found = Extract<FunctionFacts, { kind: 'function' }>;

export const plan = (facts: FunctionFacts, { target }: Asked): Planned => {
  if (facts.kind === 'missing')
    return { kind: 'compliant', because: `The function ${target.id} does not exist any more.` };
  if (facts.kind === 'unreadable') return { kind: 'refusal', because: facts.because };
  const change = changeOf(facts.statements, target.account);
  const gone = [...change.remove, ...change.narrow.map(({ from }) => from)];
  if (gone.length === 0)
    return {
      kind: 'compliant',
      because: `The policy of ${target.id} lets nobody in whom it does not name.`,
    };
  const stuck = gone.find((each) => !canReturn(each, facts.arn));
  if (stuck)
    return {
      kind: 'refusal',
      because: `Statement “${stuck.sid}” is public, but AWS has no call that writes it again as it is, so it could not be given back: change the policy by hand.`,
    };
  const input: ReplacePermissions = {
    ...functionOf(target),
    remove: gone,
    add: change.narrow.flatMap(({ to }) => to ?? []),
  };
  return {
    kind: 'plan',
    plan: {
      playbook: 'close-lambda-public-policy',
      target,
      steps: [{ operation: 'lambda.replace-permissions', input, phase: 'change' }],
      effects: effectsOf(change, target.account),
      keeps: keepsOf(facts, change, target),
      warnings: warningsOf(facts, change, target.account),
      blastRadius: radiusOf(facts, gone, target.id),
      reversible: 'exactly',
    },
  };
};

const effectsOf = ({ remove, narrow }: Change, account: string): Effect[] => [
  ...remove.map((each) => ({
    what: `Statement “${each.sid}”`,
    before: permissionText(each),
    after: 'removed',
  })),
  ...narrow.map(({ from, to }) => ({
    what: `Statement “${from.sid}”`,
    before: permissionText(from),
    after: to
      ? `only for account ${account}, as “${to.sid}”`
      : `removed: another statement says it for account ${account} only`,
  })),
];

const keepsOf = (
  { mappings }: Found,
  { keep }: Change,
  { account, id }: Asked['target'],
): string[] => [
  `Calls by IAM permissions of account ${account} go on.`,
  ...(mappings > 0
    ? [
        `${mappings} event source mapping${mappings === 1 ? '' : 's'} of the function: they use its role, not its policy.`,
      ]
    : []),
  ...keep.map((each) => `Statement “${each.sid}” ${permissionText(each)}.`),
  id.includes(':')
    ? 'The policies of the function itself and of its other aliases and versions.'
    : 'The policies of its aliases and versions: each has its own, and none was looked at.',
];

const warningsOf = (
  { url, foreign }: Found,
  { remove, narrow, keep }: Change,
  account: string,
): string[] => {
  const anyAccount = keep.filter(isForAnyAccount);
  const wildcard = narrow.flatMap(({ to }) => (to && hasWildcard(to) ? [to] : []));
  return [
    ...(url && remove.some(isOfUrl) ? [urlWords(url)] : []),
    ...(remove.some((each) => !isOfUrl(each))
      ? [
          'Callers that came in through “*” stop: other accounts, and services that no statement names.',
        ]
      : []),
    ...(foreign.length > 0
      ? [
          `Events stop from buckets that are not known to be of account ${account}: ${foreign.join(', ')}.`,
        ]
      : []),
    ...(wildcard.length > 0
      ? [
          `Security Hub may go on to count statements with a wildcard in their SourceArn: ${names(wildcard)}.`,
        ]
      : []),
    ...(anyAccount.length > 0
      ? [
          `Any account may call through the service in ${names(anyAccount)}, which names neither an account nor an ARN with one. Lambda.1 does not count it, so it stays.`,
        ]
      : []),
    'A template that owns these statements puts them back at its next deployment: change it too.',
  ];
};

const names = (statements: readonly Statement[]): string =>
  statements.map(({ sid }) => `“${sid}”`).join(', ');

const hasWildcard = ({ conditions }: Statement): boolean =>
  conditions.some(
    ({ key, values }) => key === 'aws:sourcearn' && values.some((each) => /[*?]/.test(each)),
  );

/** Does the statement open the function's URL? */
const isOfUrl = ({ actions, conditions }: Statement): boolean =>
  actions.includes('lambda:InvokeFunctionUrl') ||
  conditions.some(({ key }) => key === 'lambda:invokedviafunctionurl');

const urlWords = ({ address, auth }: NonNullable<Found['url']>): string =>
  auth === 'NONE'
    ? `FUNCTION URL: ${address} is open to the internet, perhaps on purpose. All its callers get 403 from then on.`
    : `FUNCTION URL: callers of ${address} from other accounts get 403 from then on.`;

const radiusOf = (
  { lastModified, url }: Found,
  gone: readonly Statement[],
  id: string,
): string[] => {
  const sources = gone.flatMap(({ conditions }) =>
    conditions.filter(({ key }) => key === 'aws:sourcearn').flatMap(({ values }) => values),
  );
  return [
    `Function ${id}, last changed ${lastModified || 'at an unknown time'}.`,
    ...(url ? [`It has a URL, ${address(url)}.`] : []),
    ...(sources.length > 0
      ? [`The statements speak of ${[...new Set(sources)].join(', ')}.`]
      : ['Nothing says who uses the statements: look at the function’s metrics and logs.']),
  ];
};

const address = ({ address: at, auth }: NonNullable<Found['url']>): string =>
  `${at} with ${auth === 'NONE' ? 'no sign-in' : 'IAM sign-in'}`;
