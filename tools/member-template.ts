import { parse, type ScalarTag } from 'yaml';
import type { Resources } from './iam-rules';
import { textOf } from './source';

export const memberFile = 'infra/member-account.yml';

const short = ['Ref', 'Sub', 'GetAtt', 'If', 'Equals', 'Join', 'Select', 'Split', 'Not'];
const tags = short.map((name): ScalarTag => ({
  tag: `!${name}`,
  resolve: (text: string) => ({ [name === 'Ref' ? name : `Fn::${name}`]: text }),
}));

/** The template of a member account; its short forms with text are long ones, those with a list are the list. */
export const memberTemplate = (): { Resources: Resources } =>
  parse(textOf(memberFile), { customTags: tags, logLevel: 'error' }) as { Resources: Resources };

/** The responder role and what is attached to it. Roles of other names are for AWS services, which write logs by them. */
export const responderParts = (resources: Resources): Resources =>
  Object.fromEntries(
    Object.entries(resources).filter(([id]) => id.startsWith('DrawbridgeResponder')),
  );
