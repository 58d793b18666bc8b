import type { Piece } from '../src/app/evidence';
import type { Link } from '../src/domain/audit';
import type { Remediation } from '../src/domain/remediation';
import { sayOf } from './audit-line';

/**
 * The page of an isolation for whoever takes it over: what was done and what was not, the evidence with its hashes, the whole
 * timeline, and what to do next. Markdown, made to be read outside Slack; nothing in it is a link.
 */
export const handOver = (
  remediation: Remediation,
  pieces: readonly Piece[],
  trail: readonly Link[],
): string => {
  const { id, title, target, requester, requestedAt, reason, status, proposal } = remediation;
  const plan = proposal?.plan;
  const approvers = (proposal?.decisions ?? [])
    .filter(({ verdict }) => verdict === 'approve')
    .map(({ name, at }) => `${name} at ${at}`);
  return [
    `# ${flat(title)}: ${flat(target.id)}`,
    '',
    `- Case: ${id}`,
    `- Where: account ${target.account}, ${target.region}`,
    `- Asked for by ${flat(requester.name)} at ${requestedAt}: “${flat(reason)}”`,
    `- Approved by: ${approvers.map(flat).join(', ') || 'nobody yet'}`,
    `- State: ${status.state}${'because' in status ? `. ${flat(status.because)}` : ''}`,
    ...part(
      'What the plan changes',
      (plan?.effects ?? []).map(({ what, before, after }) => `${what}: ${before} → ${after}`),
    ),
    ...part('What it does not stop', [...(plan?.warnings ?? []), ...(plan?.uncontained ?? [])]),
    ...part('Who else is touched', plan?.blastRadius ?? []),
    ...part(
      'Evidence',
      pieces.map(
        ({ name, size, sha256, at, by, standing, key, version }) =>
          `${name}, ${size} bytes, SHA-256 ${sha256}, taken ${at} for ${by}, ${standing}: ${key} version ${version}`,
      ),
    ),
    ...part('Timeline', trail.map(lineOf)),
    ...part('Next', [
      ...(status.state === 'held' ? ['Contain by hand what is named under “State”.'] : []),
      'Copy the snapshots (tag DrawbridgeRun) to where they are analysed.',
      'Look in CloudTrail for what the role of the instance did before.',
      `When it is clean: /release ${target.id}, by another person.`,
      `To prove this page: npm run audit:verify -- ${id}`,
    ]),
    '',
  ].join('\n');
};

const part = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines.map((each) => `- ${flat(each)}`)];

const lineOf = ({ seq, hash, event: { at, actor, type, facts } }: Link): string => {
  const who = actor.kind === 'person' ? actor.name : 'Drawbridge';
  const why = facts['reason'] || facts['because'] || facts['step'] || facts['error'];
  return `${at} ${who}: ${sayOf(type)}${why ? `: ${String(why)}` : ''} (#${seq} ${hash.slice(0, 12)})`;
};

/** Text from outside stays one line, and begins no markup of its own (law 11). */
const flat = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[<>[\]`*_|]/g, (sign) => `\\${sign}`);
