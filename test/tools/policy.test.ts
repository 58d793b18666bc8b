import { nearest } from '../../tools/nearest';
import { policyFaults, readPolicy } from '../../tools/policy-rules';
import { textOf } from '../../tools/source';

const given = textOf('config/drawbridge.yml');
const lineOf = (part: string): number => given.slice(0, given.indexOf(part)).split('\n').length;
const changed = (from: string | RegExp, to: string) => {
  const text = given.replace(from, to);
  expect(text).not.toBe(given);
  return policyFaults(text);
};
/** The file with more at its end, and the line on which that begins. */
const more = (text: string) => ({ text: `${given}\n${text}`, line: given.split('\n').length + 1 });
const added = (text: string) => policyFaults(more(text).text);

describe('the policy files of this repository', () => {
  it.each(['config/drawbridge.yml', 'sandbox/stack/drawbridge.yml'])('%s is right', (file) => {
    expect(readPolicy(textOf(file), new Date('2026-12-01'))).toMatchObject({ cautions: [] });
  });

  it('hold examples that are right once their marks are taken away', () => {
    const examples = given
      .replace(/^( *)# (?=rules:|windows:|caps:|exceptions:|digest:|playbooks:| {2})/gm, '$1')
      .replace('  - { when: {}, to: C0000000002 }\n  # - {', '  - {');
    expect(examples.match(/^ *(rules|windows|caps|exceptions|digest|playbooks):/gm)).toHaveLength(
      6,
    );
    expect(policyFaults(examples)).toEqual([]);
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

describe('a policy that makes no sense is told, though its form is right', () => {
  it('when a rule is for no playbook', () => {
    expect(
      changed(
        /^undo:/m,
        '  playbooks: { close-ec2-admin-port: { approvals: 2, from: approver, separate: true, expiresAfter: 8h } }\nundo:',
      ),
    ).toEqual([
      expect.stringMatching(
        /^line \d+: approval\.playbooks\.close-ec2-admin-port: there is no such playbook, did you mean close-ec2-admin-ports\?/,
      ),
    ]);
    expect(added('rules: [{ when: { playbook: [no-such-thing] }, run: ask }]')).toEqual([
      expect.stringMatching(
        /^line \d+: rules\[0\]\.when\.playbook\[0\]: there is no such playbook: /,
      ),
    ]);
  });

  it('when a rule is for a control that no playbook answers', () => {
    expect(added('rules: [{ when: { control: [EC2.13, EC2.133] }, run: ask }]')).toEqual([
      expect.stringMatching(
        /rules\[0\]\.when\.control\[1\]: no playbook answers EC2\.133, did you mean EC2\.13\?/,
      ),
    ]);
    expect(added('rules: [{ when: { control: [EC2.*] }, run: ask }]')).toEqual([]);
  });

  it('when a rule is for playbooks and controls that do not meet', () => {
    const tool = `
tools:
  - { id: stop-by-runbook, title: Stop, summary: x, answers: [X.1], target: AwsEc2Instance, risk: low, steps: [{ ssm: { document: d } }] }`;
    const rule = (control: string) =>
      added(
        `rules: [{ when: { playbook: [stop-by-runbook], control: [${control}] }, run: ask }]${tool}`,
      );
    expect(rule('EC2.13')).toEqual([
      expect.stringMatching(/rules\[0\]\.when: none of these playbooks answers any of these/),
    ]);
    expect(rule('X.1')).toEqual([]);
  });

  it('when an earlier rule takes all that a later one would', () => {
    const rules = (...lines: string[]) =>
      added(`rules:\n${lines.map((each) => `  - ${each}`).join('\n')}`);
    const shadowed = [
      expect.stringMatching(/^line \d+: rules\[1\]: rules\[0\] takes all that this one would/),
    ];
    expect(
      rules('{ when: {}, run: ask }', '{ when: { severity: [low] }, run: automatic }'),
    ).toEqual(shadowed);
    expect(
      rules(
        '{ when: { severity: [low, high], control: [EC2.*] }, run: ask }',
        '{ when: { severity: [low], control: [EC2.13], tag: { a: b } }, run: ask }',
      ),
    ).toEqual(shadowed);
    expect(
      rules(
        '{ when: { tag: { a: b } }, run: ask }',
        '{ when: { tag: { a: b, c: d } }, run: automatic }',
      ),
    ).toEqual(shadowed);
    expect(
      rules(
        '{ when: { tag: { a: b }, severity: [low] }, run: ask }',
        '{ when: { tag: { a: c }, severity: [low] }, run: ask }',
        '{ when: { tag: { a: b }, severity: [low, high] }, run: ask }',
        '{ when: { tag: { a: b } }, run: ask }',
      ),
    ).toEqual([]);
  });

  it('when an earlier route takes all that a later one would', () => {
    expect(
      changed(
        '- { when: { severity: [critical, high] }',
        '- { when: {}, to: C0000000003 }\n  - { when: { severity: [low] }',
      ),
    ).toEqual([expect.stringMatching(/routing\[1\]: routing\[0\] takes all/)]);
  });

  it('when the last route has a condition', () => {
    expect(changed('- { when: {}', '- { when: { severity: [low] }')).toEqual([
      expect.stringMatching(/^line \d+: routing\[1\]\.when: .*: write when: \{\}$/),
    ]);
  });

  it('when a rule or a route names a window that is not there', () => {
    expect(added('rules: [{ when: {}, run: ask, window: ofice }]')).toEqual([
      expect.stringMatching(/rules\[0\]\.window: no window is ofice: name one of the windows/),
    ]);
  });

  it('when the reminder or the escalation comes after the end', () => {
    const rule = (text: string) => changed('expiresAfter: 4h }', `expiresAfter: 4h, ${text} }`);
    expect(rule('remindAfter: 4h')).toEqual([
      expect.stringMatching(/approval\.default\.remindAfter: the reminder comes too late: /),
    ]);
    expect(rule('remindAfter: 1h, escalateAfter: 2h, escalateTo: S012')).toEqual([]);
  });

  it('when a rule ends a request before its reminder', () => {
    const file = given.replace('expiresAfter: 4h }', 'expiresAfter: 4h, remindAfter: 1h }');
    const rule = (expiresAfter: string) =>
      policyFaults(`${file}\nrules: [{ when: {}, run: ask, expiresAfter: ${expiresAfter} }]`);
    expect(rule('30m')).toEqual([
      expect.stringMatching(
        /rules\[0\]\.expiresAfter: the reminder comes too late \(approval\.default\): write a longer time/,
      ),
    ]);
    expect(rule('2h')).toEqual([]);
  });

  it('when a tool has the id of another playbook', () => {
    const tool = (id: string) =>
      `{ id: ${id}, title: x, summary: x, answers: [X.1], target: AwsEc2Instance, risk: low, steps: [{ ssm: { document: d } }] }`;
    expect(
      added(
        `tools: [${['close-ec2-admin-ports', 'stop-by-runbook', 'stop-by-runbook'].map(tool).join(', ')}]`,
      ),
    ).toEqual([
      expect.stringMatching(/tools\[0\]\.id: there is a playbook close-ec2-admin-ports already/),
      expect.stringMatching(/tools\[2\]\.id: there is a playbook stop-by-runbook already/),
    ]);
  });

  it('when the hub’s account has no name', () => {
    expect(changed(/- \{ id: '111122223333'/, "- { id: '444455556666'")).toEqual([
      expect.stringMatching(/^line \d+: hub\.account: 111122223333 is not among the accounts/),
    ]);
  });

  it('when nobody has a role', () => {
    expect(changed('approver: { groups: [S0000000002] }', 'approver: {}')).toEqual([
      expect.stringMatching(/^line \d+: roles\.approver: nobody has it/),
    ]);
  });
});

describe('what is allowed and worth a second look is told, and stops nothing', () => {
  const cautions = (text: string, now = '2026-12-01') => {
    const read = readPolicy(more(text).text, new Date(now));
    return 'cautions' in read ? read.cautions : read.faults;
  };

  it('an exception that is over: a file that was right yesterday is right today', () => {
    const exception =
      'exceptions: [{ when: { control: [EC2.8] }, reason: x, owner: y, until: 2026-12-31 }]';
    expect(cautions(exception, '2026-12-31T23:59:59Z')).toEqual([]);
    expect(cautions(exception, '2027-01-01T00:00:00Z')).toEqual([
      expect.stringMatching(/exceptions\[0\]\.until: this exception ended on 2026-12-31/),
    ]);
  });

  it('a playbook of high risk that would run without a person', () => {
    const tool = `
tools:
  - { id: stop-by-runbook, title: Stop, summary: x, answers: [X.1], target: AwsEc2Instance, risk: high, steps: [{ ssm: { document: d } }] }`;
    const rule = (when: string, run = 'automatic') =>
      cautions(`rules: [{ when: { ${when} }, run: ${run} }]${tool}`);
    const told = [expect.stringMatching(/rules\[0\]\.run: of high risk.*stop-by-runbook/)];
    expect(rule('playbook: [stop-by-runbook]')).toEqual(told);
    expect(rule('control: [X.1]')).toEqual(told);
    expect(rule('control: [EC2.13]')).toEqual([]);
    expect(rule('control: [X.1]', 'ask')).toEqual([]);
  });

  it('an account without a name', () => {
    expect(
      cautions("rules: [{ when: { account: ['111122223333', '111122223334'] }, run: ask }]"),
    ).toEqual([
      expect.stringMatching(
        /rules\[0\]\.when\.account\[1\]: 111122223334 is not among the accounts, did you mean 111122223333\?/,
      ),
    ]);
  });
});

it('a word is meant when it is near, whatever its case', () => {
  const known = ['office', 'nights'];
  expect(nearest('Offce', known)).toBe('office');
  expect(nearest('weekend', known)).toBeUndefined();
  expect(nearest('office', [])).toBeUndefined();
});
