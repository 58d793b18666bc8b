import { severities, type Finding, type Severity } from './finding';
import { nearest } from './nearest';

/** What `/findings …` asks for. Every part must fit; severities are alternatives. */
export interface Filter {
  readonly severity: readonly Severity[];
  readonly mine: boolean;
  readonly unassigned: boolean;
  /** Those with an exception, instead of the open ones. */
  readonly suppressed: boolean;
  readonly fields: readonly { name: Field; value: string }[];
  /** Looked for in title, type and resource ids. */
  readonly words: readonly string[];
}

export type Filtering = { ok: true; filter: Filter } | { ok: false; because: string };

export const fieldNames = ['account', 'control', 'product', 'region', 'owner'] as const;
type Field = (typeof fieldNames)[number];

const everything: Filter = {
  severity: [],
  mine: false,
  unassigned: false,
  suppressed: false,
  fields: [],
  words: [],
};

/** Forgiving: order and case do not matter, and what is no filter is a word to look for. */
export const parseFilter = (text: string): Filtering => {
  const tokens = text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 12);
  return tokens.reduce<Filtering>(
    (so, token) => (so.ok ? withToken(so.filter, token.slice(0, 200)) : so),
    { ok: true, filter: everything },
  );
};

const withToken = (filter: Filter, token: string): Filtering => {
  const yes = (more: Partial<Filter>): Filtering => ({ ok: true, filter: { ...filter, ...more } });
  const severity = severities.find((each) => each === token.replace(/^severity:/, ''));
  if (severity) return yes({ severity: [...filter.severity, severity] });
  if (token === 'mine' || token === 'unassigned' || token === 'suppressed')
    return yes({ [token]: true });
  const [, name, value = ''] = /^([a-z]+):(.+)$/.exec(token) ?? [];
  const field = fieldNames.find((each) => each === name);
  if (field) return yes({ fields: [...filter.fields, { name: field, value }] });
  // ARNs and finding types have colons too, and are words: Recon:EC2/Portscan.
  if (!name || name === 'arn' || value.includes('/'))
    return yes({ words: [...filter.words, token] });
  const guess = nearest(name, fieldNames);
  const hint = guess ? `Did you mean “${guess}:${value}”?` : `Known are ${fieldNames.join(', ')}.`;
  return { ok: false, because: `There is no filter “${name}:”. ${hint}` };
};

/** What a filter looks at. `accountName` is the name that people use. */
export interface Filterable {
  finding: Finding;
  assignee?: { id: string };
  accountName: string;
}

export const fits = (filter: Filter, seen: Filterable, asking: string): boolean => {
  const { finding, assignee } = seen;
  if (filter.severity.length > 0 && !filter.severity.includes(finding.severity)) return false;
  if (filter.mine && assignee?.id !== asking) return false;
  if (filter.unassigned && assignee) return false;
  return (
    filter.fields.every(({ name, value }) => fieldFits(name, value, valueOf(seen, name))) &&
    filter.words.every((word) => textOf(finding).includes(word))
  );
};

/** `EC2.1` is not `EC2.13`, but `EC2` and `EC2.*` are all of its controls. Of other names a part is enough. */
const fieldFits = (name: Field, wanted: string, value: string): boolean => {
  if (name !== 'control') return value.includes(wanted);
  if (wanted.endsWith('*')) return value.startsWith(wanted.slice(0, -1));
  return value === wanted || value.startsWith(`${wanted}.`);
};

const valueOf = ({ finding, accountName }: Filterable, name: Field): string => {
  const values: Record<Field, string> = {
    account: accountName,
    control: finding.control ?? '',
    product: finding.product,
    region: finding.region ?? '',
    owner: finding.resources
      .flatMap(({ tags }) => Object.entries(tags))
      .filter(([key]) => key.toLowerCase() === 'owner')
      .map(([, value]) => value)
      .join(' '),
  };
  return values[name].toLowerCase();
};

const textOf = ({ title, type, resources }: Finding): string =>
  [title, type, ...resources.map(({ id }) => id)].join('\n').toLowerCase();
