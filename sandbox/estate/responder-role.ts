import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type ScalarTag } from 'yaml';

import type { PolicyDocument, Role } from '../edge';
import { externalId, responderName } from './accounts';

// CloudFormation's short forms; their values do not matter here, only actions do.
const tags = ['Ref', 'Sub', 'GetAtt', 'If', 'Equals', 'Join', 'Select', 'Not', 'And', 'Or'].flatMap(
  (name): ScalarTag[] => [{ tag: `!${name}`, resolve: (text: string) => text }],
);

interface MemberTemplate {
  readonly Resources?: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Properties?: {
          readonly Policies?: readonly { readonly PolicyDocument: PolicyDocument }[];
          readonly PolicyDocument?: PolicyDocument;
        };
      }
    >
  >;
}

const everything: PolicyDocument = {
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

const grants = /^AWS::IAM::(Role|Policy|ManagedPolicy|RolePolicy)$/;

/** What infra/member-account.yml gives the responder role; all, as long as that file does not exist. */
const policiesOf = (root: string): PolicyDocument[] => {
  const file = join(root, 'infra', 'member-account.yml');
  if (!existsSync(file)) return [everything];
  const template = parse(readFileSync(file, 'utf8'), {
    customTags: tags,
    logLevel: 'error',
  }) as MemberTemplate;
  // Roles of other names are for AWS services, which write logs by them.
  return Object.entries(template.Resources ?? {})
    .filter(([id, { Type }]) => id.startsWith(responderName) && grants.test(Type))
    .flatMap(([, { Properties }]) => [
      ...(Properties?.Policies ?? []).map((it) => it.PolicyDocument),
      ...(Properties?.PolicyDocument ? [Properties.PolicyDocument] : []),
    ]);
};

/** The role that Drawbridge assumes in each of the accounts. */
export const responderRoles = (
  root: string,
  accounts: readonly string[],
  principals: readonly string[],
): Role[] => {
  const policies = policiesOf(root);
  return accounts.map((account) => ({
    arn: `arn:aws:iam::${account}:role/${responderName}`,
    principals,
    externalId,
    policies,
  }));
};
