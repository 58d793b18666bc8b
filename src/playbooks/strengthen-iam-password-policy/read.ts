import type { User } from '@aws-sdk/client-iam';
import type { Aws } from '../../operations/aws';
import type { StandingPolicy } from '../../operations/iam/password-policy';
import { readPasswordPolicy } from '../../operations/iam/set-password-policy';

export interface PolicyFacts {
  standing: StandingPolicy;
  users: number;
  /** Users who signed in with a password at some time. */
  signedIn: number;
}

export const permissions = ['iam:GetAccountPasswordPolicy', 'iam:ListUsers'] as const;

export const read = async (aws: Aws): Promise<PolicyFacts> => {
  const standing = await readPasswordPolicy(aws);
  const users = await listUsers(aws);
  const signedIn = users.filter(({ PasswordLastUsed }) => PasswordLastUsed).length;
  return { standing, users: users.length, signedIn };
};

const listUsers = async (aws: Aws): Promise<User[]> => {
  let page = await aws.call('iam:ListUsers', { MaxItems: 1000 });
  const users = [...(page.Users ?? [])];
  while (page.IsTruncated && page.Marker) {
    page = await aws.call('iam:ListUsers', { MaxItems: 1000, Marker: page.Marker });
    users.push(...(page.Users ?? []));
  }
  return users;
};
