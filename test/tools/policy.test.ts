import { parse, stringify } from 'yaml';
import { nearest } from '../../tools/nearest';
import { policyFaults, readPolicy } from '../../tools/policy-rules';
import { textOf } from '../../tools/source';
import { added, changed, given, more } from './policy-file';

const lineOf = (part: string): number => given.slice(0, given.indexOf(part)).split('\n').length;

describe('the policy files of this repository', () => {
  it.each(['config/drawbridge.yml', 'sandbox/stack/drawbridge.yml'])('%s is right', (file) => {
    expect(readPolicy(textOf(file), new Date('2026-12-01'))).toMatchObject({ cautions: [] });
  });

  it('hold examples that are right once their marks are taken away', () => {
    const examples = given
      .replace(
        /^( *)# (?=rules:|windows:|caps:|exceptions:|digest:|forensics:|gate:|playbooks:| {2})/gm,
        '$1',
      )
      .replace('  - { when: {}, to: C0000000002 }\n  # - {', '  - {');
    expect(
      examples.match(/^ *(rules|windows|caps|exceptions|digest|forensics|gate|playbooks):/gm),
    ).toHaveLength(8);
    expect(policyFaults(examples)).toEqual([]);
  });
});

describe('the examples of docs/policy.md', () => {
  const blocks = [...textOf('docs/policy.md').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(
    ([, block = '']) => parse(block) as object,
  );

  it('are right, all in one file', () => {
    expect(blocks.length).toBeGreaterThan(8);
    expect(policyFaults(stringify(Object.assign({}, parse(given) as object, ...blocks)))).toEqual(
      [],
    );
  });
});

describe('a wrong policy is told with its line, its place and a remedy', () => {
  it('when a key is misspelt', () => {
    expect(changed('environment:', 'enviroment:')).toContain(
      `line ${lineOf('environment: ')}: enviroment: there is no such name, did you mean environment?: take it out, or mend its spelling`,
    );
  });

  it('when a key is missing', () => {
    expect(changed('environment: production', '')).toEqual([
      expect.stringMatching(/^line \d+: environment: .*: write a name of 1 to 20 characters/),
    ]);
  });

  it('when a time is not a time', () => {
    expect(changed('within: 3d', 'within: 3 days')).toEqual([
      expect.stringMatching(
        `^line ${lineOf('undo: {')}: undo\\.within: .*: write a time such as 30m, 4h or 10d$`,
      ),
    ]);
  });

  it('when a name stands where an id should', () => {
    expect(changed('to: C0000000001', "to: '#alerts'")).toEqual([
      expect.stringMatching(/^line \d+: routing\[0\]\.to: .*: write a channel id/),
    ]);
  });

  it('when an account lost its zeros', () => {
    expect(changed(/- \{ id: '111122223333'/, '- { id: 111122223333')).toEqual([
      expect.stringMatching(/^line \d+: accounts\[0\]\.id: .*: write 12 digits in quotes$/),
    ]);
  });

  it('when it is no YAML', () => {
    expect(changed('version: 1', 'version: [1')).toEqual([
      expect.stringMatching(/^line \d+: this is not YAML/),
    ]);
  });

  it('when it is not even a list of names', () => {
    expect(policyFaults('')).toEqual([expect.stringMatching(/^line 1: the file: /)]);
  });

  it('when a rule does not say how it runs', () => {
    const { text, line } = more('rules:\n  - { when: {}, run: sometimes }');
    expect(policyFaults(text)).toEqual([
      expect.stringMatching(
        `^line ${line + 1}: rules\\[0\\]\\.run: .*: write automatic, ask, one approval, two people or never$`,
      ),
    ]);
  });

  it('when a step of a tool has one slip: the form that was meant is told, not each that it could be', () => {
    const tool = `tools:
  - id: isolate-by-runbook
    title: Isolate
    summary: x
    answers: [EC2.13]
    target: AwsEc2Instance
    risk: high
    steps:
      - { ssm: { document: 5 } }`;
    expect(added(tool)).toEqual([
      expect.stringMatching(/^line \d+: tools\[0\]\.steps\[0\]\.ssm\.document: /),
    ]);
  });

  it('with the faults of the same file in the order of its lines', () => {
    const faults = policyFaults(
      given.replace('within: 3d', 'within: x').replace('environment: production', 'environment: 5'),
    );
    expect(faults.map((fault) => fault.split(': ')[1])).toEqual(['environment', 'undo.within']);
  });

  it('at the place itself, also behind an alias', () => {
    const text = given
      .replace('responder: { groups: [S0000000001] }', 'responder: &all { groups: [wrong] }')
      .replace('approver: { groups: [S0000000002] }', 'approver: *all');
    const told = (role: string) =>
      expect.stringMatching(
        `^line ${lineOf('responder: {')}: roles\\.${role}\\.groups\\[0\\]: .*: write user group ids`,
      );
    expect(policyFaults(text)).toEqual([told('responder'), told('approver')]);
  });
});

it('a word is meant when it is near, whatever its case', () => {
  const known = ['office', 'nights'];
  expect(nearest('Offce', known)).toBe('office');
  expect(nearest('weekend', known)).toBeUndefined();
  expect(nearest('office', [])).toBeUndefined();
});
