import type { PasswordPolicy } from '@aws-sdk/client-iam';
import type { DeactivateAccessKey } from '../../../src/operations/iam/deactivate-access-key';
import type { WantedRules } from '../../../src/operations/iam/password-policy';
import { MemoryIam, type MemoryKey } from '../../support/memory-iam';
import type { Sample } from './sample';

const key = (id: string, more: Partial<MemoryKey> = {}): MemoryKey => ({
  id,
  created: '2025-01-02T03:04:05.000Z',
  status: 'Active',
  ...more,
});
const input: DeactivateAccessKey = { user: 'bob', accessKeyId: 'AKIAIOSFODNN7OLD1' };
const bob =
  (keys: readonly MemoryKey[], pageSize = 100) =>
  () => {
    const iam = new MemoryIam();
    iam.pageSize = pageSize;
    iam.user('bob', { keys: keys.map((each) => ({ ...each })) });
    return iam;
  };

export const deactivateAccessKey: readonly Sample[] = [
  {
    name: 'an active key beside another',
    input,
    world: bob([key(input.accessKeyId), key('AKIA2')]),
  },
  { name: 'an inactive key', input, world: bob([key(input.accessKeyId, { status: 'Inactive' })]) },
  { name: 'a key that is gone', input, world: bob([key('AKIA2')]) },
  { name: 'a user who is gone', input, world: () => new MemoryIam() },
];

const account = (policy?: PasswordPolicy) => () => {
  const iam = new MemoryIam();
  iam.policy = policy && { ...weak, ...policy };
  return iam;
};
const weak: PasswordPolicy = {
  MinimumPasswordLength: 6,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  AllowUsersToChangePassword: true,
  ExpirePasswords: false,
};
const all: WantedRules = {
  MinimumPasswordLength: 14,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireNumbers: true,
  RequireSymbols: true,
  PasswordReusePrevention: 24,
  MaxPasswordAge: 90,
};
const set = (name: string, atLeast: WantedRules, policy?: PasswordPolicy): Sample => ({
  name,
  input: { atLeast },
  world: account(policy),
});

export const setPasswordPolicy: readonly Sample[] = [
  set('AWS’s default', all),
  set('AWS’s default, one rule', { RequireUppercaseCharacters: true }),
  set('a weak policy', all, weak),
  set('a policy stricter in parts', all, {
    ...weak,
    MinimumPasswordLength: 20,
    ExpirePasswords: true,
    MaxPasswordAge: 30,
    HardExpiry: true,
  }),
  set('one rule of a policy', { MaxPasswordAge: 90 }, { ...weak, PasswordReusePrevention: 5 }),
  set('nothing to do', { MinimumPasswordLength: 14 }, { ...weak, MinimumPasswordLength: 14 }),
];
