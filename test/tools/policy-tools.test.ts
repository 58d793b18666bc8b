import { stringify } from 'yaml';
import { policyFaults } from '../../tools/policy-rules';
import { policyText } from '../support/builders';
import { toolText } from '../support/tools';

const faults = (...tools: object[]) =>
  policyFaults(stringify({ ...policyText, tools })).map((fault) =>
    fault.replace(/^line \d+: /, ''),
  );

describe('the tools of a policy file', () => {
  it('are right as the test’s are', () => {
    expect(faults(toolText)).toEqual([]);
  });

  it('are refused where their form is wrong, with what to write', () => {
    expect(faults({ ...toolText, id: 'Agent' })).toEqual([
      'tools[0].id: verb-service-thing, in small letters: see docs/policy.md for its form',
    ]);
  });

  it('are refused where they make no sense, with what would', () => {
    const steps = [{ ssm: { document: 'X', parameters: { a: '{{env.TOKEN}}' } } }];

    expect(faults({ ...toolText, steps })).toEqual([
      expect.stringMatching(/^tools\[0\]\.steps\[0\]\.ssm\.parameters: there is no \{\{env\.TOKEN/),
    ]);
  });

  it('take no id that there is already, written or declared', () => {
    const written = { ...toolText, id: 'close-ec2-admin-ports', title: 'Close it' };

    expect(faults(toolText, toolText, written)).toEqual([
      expect.stringMatching(/^tools\[1\]\.id: there is a playbook restart-vendor-agent already/),
      expect.stringMatching(/^tools\[2\]\.id: there is a playbook close-ec2-admin-ports already/),
    ]);
  });
});
