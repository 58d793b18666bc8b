import { policyFaults } from '../../tools/policy-rules';
import { textOf } from '../../tools/source';

export const given = textOf('config/drawbridge.yml');

/** What is said of the given file with one part changed. */
export const changed = (from: string | RegExp, to: string): string[] => {
  const text = given.replace(from, to);
  expect(text).not.toBe(given);
  return policyFaults(text);
};

/** The given file with more at its end, and the line on which that begins. */
export const more = (text: string) => ({
  text: `${given}\n${text}`,
  line: given.split('\n').length + 1,
});
export const added = (text: string): string[] => policyFaults(more(text).text);

/** A declared playbook that answers the control X.1. */
export const aTool = (id: string, risk = 'low'): string =>
  `{ id: ${id}, title: ${id.split('-')[0]} it, summary: x, answers: [X.1], target: AwsEc2Instance, risk: ${risk}, steps: [{ ssm: { document: d } }] }`;
