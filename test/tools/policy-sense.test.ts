import { policyFaults, readPolicy } from '../../tools/policy-rules';
import { added, aTool, changed, given, more } from './policy-file';

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
tools: [${aTool('stop-by-runbook')}]`;
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
    const ids = ['close-ec2-admin-ports', 'stop-by-runbook', 'stop-by-runbook'];
    expect(added(`tools: [${ids.map((id) => aTool(id)).join(', ')}]`)).toEqual([
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
tools: [${aTool('stop-by-runbook', 'high')}]`;
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

  it('when people may decide for longer than the review bucket keeps objects', () => {
    const gate = (within: string) =>
      cautions(`gate: { channel: C0000000003, decideWithin: ${within} }`);
    expect(gate('5d')).toEqual([]);
    expect(gate('121h')).toEqual([expect.stringMatching(/GateReviewDays at 16, at least/)]);
  });
});
