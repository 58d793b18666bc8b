import { policyFaults } from '../../tools/policy-rules';
import { textOf } from '../../tools/source';

const given = textOf('config/drawbridge.yml');
const changed = (from: string | RegExp, to: string) => {
  const text = given.replace(from, to);
  expect(text).not.toBe(given);
  return policyFaults(text);
};

describe('the policy files of this repository', () => {
  it.each(['config/drawbridge.yml', 'sandbox/stack/drawbridge.yml'])('%s is right', (file) => {
    expect(policyFaults(textOf(file))).toEqual([]);
  });
});

describe('a wrong policy is told with its place and a remedy', () => {
  it('when a key is misspelt', () => {
    expect(changed('environment:', 'enviroment:')).toContain(
      'the file: unknown enviroment: take it out, or mend its spelling',
    );
  });

  it('when a time is not a time', () => {
    expect(changed('within: 3d', 'within: 3 days')).toEqual([
      expect.stringMatching(/^undo\.within: .*: write a time such as 30m, 4h or 10d$/),
    ]);
  });

  it('when a name stands where an id should', () => {
    expect(changed('to: C0000000001', "to: '#alerts'")).toEqual([
      expect.stringMatching(/^routing\[0\]\.to: .*: write a channel id/),
    ]);
  });

  it('when an account lost its zeros', () => {
    expect(changed(/- \{ id: '111122223333'/, '- { id: 111122223333')).toEqual([
      expect.stringMatching(/^accounts\[0\]\.id: .*: write 12 digits in quotes$/),
    ]);
  });

  it('when it is no YAML', () => {
    expect(changed('version: 1', 'version: [1')).toEqual([
      expect.stringMatching(/^line \d+: this is not YAML/),
    ]);
  });
});

describe('a policy that makes no sense is told, though its form is right', () => {
  it('when a rule is for no playbook', () => {
    expect(
      changed(
        /^undo:/m,
        '  playbooks: { no-such: { approvals: 2, from: approver, separate: true, expiresAfter: 8h } }\nundo:',
      ),
    ).toEqual([expect.stringMatching(/^approval\.playbooks\.no-such: there is no such playbook/)]);
  });

  it('when the last route has a condition', () => {
    expect(changed('when: {}', 'when: { severity: [low] }')).toEqual([
      expect.stringMatching(/^routing\[1\]\.when: .*: write when: \{\}$/),
    ]);
  });

  it('when the hub’s account has no name', () => {
    expect(changed(/- \{ id: '111122223333'/, "- { id: '444455556666'")).toEqual([
      expect.stringMatching(/^hub\.account: 111122223333 is not among the accounts/),
    ]);
  });

  it('when nobody has a role', () => {
    expect(changed('approver: { groups: [S0000000002] }', 'approver: {}')).toEqual([
      expect.stringMatching(/^roles\.approver: nobody has it/),
    ]);
  });
});
