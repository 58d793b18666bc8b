import type { PasswordPolicy } from '@aws-sdk/client-iam';
import { Target } from '../../../src/domain/target';
import { account, region } from '../../support/builders';
import { MemoryIam } from '../../support/memory-iam';
import type { Worlds } from './worlds';

const weak: PasswordPolicy = {
  MinimumPasswordLength: 10,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  AllowUsersToChangePassword: true,
  ExpirePasswords: false,
};

const policy = (more: Partial<PasswordPolicy>) => (): MemoryIam => {
  const iam = new MemoryIam();
  iam.policy = { ...weak, ...more };
  iam.user('bob', { password: { created: '2025-01-01T00:00:00Z', used: '2026-01-01T00:00:00Z' } });
  iam.user('ci');
  return iam;
};

export const strengthenIamPasswordPolicy: Worlds = {
  target: Target.parse({ kind: 'AwsAccount', id: account, account, region }),
  toChange: policy({}),
  compliant: policy({
    MinimumPasswordLength: 16,
    RequireSymbols: true,
    RequireNumbers: true,
    RequireUppercaseCharacters: true,
    RequireLowercaseCharacters: true,
    ExpirePasswords: true,
    MaxPasswordAge: 60,
    PasswordReusePrevention: 24,
  }),
};
