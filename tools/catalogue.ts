import { ruleFor, type Policy } from '../src/domain/policy';
import type { Operation } from '../src/operations/operation';
import type { Listed } from '../src/playbooks';

/** A playbook as the docs show it: its facts, and the operations that its source plans with. */
export interface Entry {
  playbook: Listed;
  operations: readonly Operation[];
}

/** Plans depend on their target, so the operations are read from the source: `operation: 'ec2.replace-ingress-rules'`. */
export const operationsIn = (text: string, all: readonly Operation[]): Operation[] => {
  const kinds = new Set([...text.matchAll(/\boperation: '([\w.-]+)'/g)].map(([, kind]) => kind));
  return all.filter(({ kind }) => kinds.has(kind));
};

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

/** What people call what ASFF names in its own way. */
const called: Readonly<Record<string, string>> = {
  AwsAccount: 'account',
  AwsCloudTrailTrail: 'CloudTrail trail',
  AwsEc2Vpc: 'VPC',
  AwsLambdaFunction: 'Lambda function',
  AwsRdsDbInstance: 'RDS database',
};

/** `AwsEc2SecurityGroup` → `EC2 security group`. */
const kindWords = (kind: string): string => {
  const [, service = '', ...rest] = kind.match(/[A-Z][a-z0-9]*/g) ?? [];
  return (
    called[kind] ?? [service.toUpperCase(), ...rest.map((word) => word.toLowerCase())].join(' ')
  );
};

const duration = (ms: number): string => {
  const hours = ms / 3_600_000;
  return hours >= 48 && hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`;
};

const approvalWords = (policy: Policy, id: string): string => {
  const { approvals, from, separate, expiresAfter } = ruleFor(policy, id);
  const who = `${approvals} ${from}${approvals === 1 ? '' : 's'}`;
  return `${who}${separate ? ' other than the requester' : ''}, within ${duration(expiresAfter)}`;
};

const undoWords = ({ undo }: Policy): string => `by 1 ${undo.by}, within ${duration(undo.within)}`;

/** What it is offered for; without any, which playbook asks for it. */
const answersOf = ({ id, answers }: Listed, entries: readonly Entry[]): string =>
  answers.length > 0
    ? answers.join(', ')
    : entries
        .filter(({ playbook }) => playbook.evidence === id)
        .map(({ playbook }) => `a request of “${playbook.title}”`)
        .join(', ');

/** The short table of the README. */
export const readmeTable = (entries: readonly Entry[]): string =>
  table(
    ['Playbook', 'Answers', 'Changes', 'Risk'],
    entries.map(({ playbook }) => [
      `[${playbook.title}](src/playbooks/${playbook.id}/README.md)`,
      answersOf(playbook, entries),
      kindWords(playbook.target),
      playbook.risk,
    ]),
  );

const section = ({ playbook, operations }: Entry): string => {
  const { id, title, summary, permissions, onFailure } = playbook;
  const needs = (part: 'read' | 'apply' | 'undo') => [
    ...new Set(operations.flatMap((operation) => operation.permissions[part] ?? [])),
  ];
  return [
    `## ${title}`,
    `\`${id}\`: ${summary} If a step fails, Drawbridge ${onFailure === 'hold' ? 'holds: what was done stays, and a person decides' : 'rolls its finished steps back'}. [When, what it touches, undo by hand](../src/playbooks/${id}/README.md).`,
    [
      `- Operations: ${code(operations.map(({ kind }) => kind))}`,
      `- To look and plan: ${code(permissions)}`,
      `- To read back: ${code(needs('read'))}`,
      `- To change: ${code(needs('apply'))}`,
      `- To undo: ${code(needs('undo')) || 'nothing, for it cannot be undone'}`,
    ].join('\n'),
  ].join('\n\n');
};

/** docs/playbooks.md. Approval and undo are those of config/drawbridge.yml as it stands. */
export const playbooksPage = (entries: readonly Entry[], policy: Policy): string =>
  [
    '# Playbooks',
    'Made by `npm run generate` from the catalogue in `src/playbooks` and from `config/drawbridge.yml`; a test fails when it is stale.',
    table(
      ['Playbook', 'Controls', 'Target', 'Risk', 'Approval', 'Undo'],
      entries.map(({ playbook, operations }) => [
        playbook.title,
        answersOf(playbook, entries),
        kindWords(playbook.target),
        playbook.risk,
        approvalWords(policy, playbook.id),
        operations.some(({ irreversible }) => irreversible === undefined)
          ? undoWords(policy)
          : 'none',
      ]),
    ),
    ...entries.map(section),
  ].join('\n\n');

const start = '<!-- playbooks: made by npm run generate -->';
const end = '<!-- /playbooks -->';

/** Puts the table between the markers of the README. */
export const withTable = (readme: string, made: string): string => {
  const [before, rest] = readme.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`README.md lacks the markers ${start} and ${end}`);
  return `${before}${start}\n\n${made}\n\n${end}${after}`;
};
