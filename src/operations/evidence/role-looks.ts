import type { Instance } from '@aws-sdk/client-ec2';
import type { InstanceProfile } from '@aws-sdk/client-iam';
import type { Aws } from '../aws';
import { all } from '../pages';

/** The profile with its role; null where the instance has none. */
export const profileOf = async (
  aws: Aws,
  { IamInstanceProfile }: Instance,
): Promise<InstanceProfile | null> => {
  // A profile's path stands before its name; the role may have another name than the profile.
  const InstanceProfileName = IamInstanceProfile?.Arn?.split('/').at(-1);
  if (!InstanceProfileName) return null;
  const { InstanceProfile } = await aws.call('iam:GetInstanceProfile', { InstanceProfileName });
  return InstanceProfile ?? null;
};

/** What a role is, what it may, and which other profiles have it. */
export type RoleLook = (aws: Aws, RoleName: string) => Promise<unknown>;

interface Page {
  IsTruncated?: boolean | undefined;
  Marker?: string | undefined;
}

const next = ({ IsTruncated, Marker }: Page) => (IsTruncated ? Marker : undefined);
const marked = (RoleName: string, Marker: string | undefined) => ({
  RoleName,
  ...(Marker && { Marker }),
});

export const roleLooks: Readonly<Record<string, RoleLook>> = {
  role: async (aws, RoleName) => (await aws.call('iam:GetRole', { RoleName })).Role,
  attachedPolicies: (aws, name) =>
    all(async (from) => {
      const page = await aws.call('iam:ListAttachedRolePolicies', marked(name, from));
      return { items: page.AttachedPolicies, next: next(page) };
    }),
  inlinePolicies: (aws, name) =>
    all(async (from) => {
      const page = await aws.call('iam:ListRolePolicies', marked(name, from));
      return { items: page.PolicyNames, next: next(page) };
    }),
  profilesOfRole: (aws, name) =>
    all(async (from) => {
      const page = await aws.call('iam:ListInstanceProfilesForRole', marked(name, from));
      return { items: page.InstanceProfiles, next: next(page) };
    }),
};

export const rolePermissions = [
  'iam:GetInstanceProfile',
  'iam:GetRole',
  'iam:ListAttachedRolePolicies',
  'iam:ListInstanceProfilesForRole',
  'iam:ListRolePolicies',
] as const;
