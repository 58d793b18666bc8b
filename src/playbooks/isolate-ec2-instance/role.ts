import type { Target } from '../../domain/target';
import type { Aws } from '../../operations/aws';
import { denyInstance, type DenyInstance } from '../../operations/iam/deny-instance';
import { revokeSessions } from '../../operations/iam/revoke-sessions';
import { all } from '../../operations/pages';
import { arnOf } from './arn';

/** The role behind the instance's credentials. */
export interface RoleFacts {
  name: string;
  /** Does it deny everything to this instance already? */
  denied: boolean;
  /** Did an isolation of this instance revoke its sessions? It was given no new ones since then. */
  revoked: boolean;
}

export const rolePermissions = [
  'iam:GetInstanceProfile',
  'iam:GetRole',
  'iam:GetRolePolicy',
  'iam:ListInstanceProfilesForRole',
] as const;

/**
 * The role has a name of its own: neither the profile's name nor its path tell it.
 * @param profile ARN of the profile that is attached; empty if none
 * @param known the role that an earlier isolation wrote down
 */
export const readRole = async (
  aws: Aws,
  target: Target,
  profile: string,
  known: string,
): Promise<RoleFacts | undefined> => {
  const name = profile ? await roleIn(aws, profile) : await existing(aws, known);
  if (!name) return undefined;
  const denial: DenyInstance = { roleName: name, instanceArn: arnOf(target), keep: 'nothing' };
  const [denies, revokes] = await Promise.all([
    denyInstance.read(aws, denial, ''),
    revokeSessions.read(aws, denial, ''),
  ]);
  return {
    name,
    denied: denyInstance.holds(denies, denial),
    revoked: revokes.kind === 'set' && revokes.own,
  };
};

/** Other instances with this role, ids in order. */
export const readSharers = async (
  aws: Aws,
  { id }: Target,
  role: RoleFacts | undefined,
): Promise<string[]> => {
  if (!role) return [];
  const all = await instancesWith(aws, await profilesWith(aws, role.name));
  return all.filter((each) => each !== id).sort();
};

const roleIn = async (aws: Aws, profile: string): Promise<string | undefined> => {
  const InstanceProfileName = profile.slice(profile.lastIndexOf('/') + 1);
  const { InstanceProfile } = await aws.call('iam:GetInstanceProfile', { InstanceProfileName });
  return InstanceProfile?.Roles?.[0]?.RoleName;
};

const existing = async (aws: Aws, RoleName: string): Promise<string | undefined> =>
  RoleName === '' ? undefined : (await aws.call('iam:GetRole', { RoleName })).Role?.RoleName;

const profilesWith = async (aws: Aws, RoleName: string): Promise<string[]> => {
  const profiles = await all(async (Marker) => {
    const page = await aws.call('iam:ListInstanceProfilesForRole', {
      RoleName,
      ...(Marker && { Marker }),
    });
    return { items: page.InstanceProfiles, next: page.IsTruncated ? page.Marker : undefined };
  });
  return profiles.flatMap(({ Arn }) => Arn ?? []);
};

const instancesWith = async (aws: Aws, profiles: readonly string[]): Promise<string[]> => {
  if (profiles.length === 0) return [];
  const reservations = await all(async (NextToken) => {
    const page = await aws.call('ec2:DescribeInstances', {
      Filters: [{ Name: 'iam-instance-profile.arn', Values: [...profiles] }],
      ...(NextToken && { NextToken }),
    });
    return { items: page.Reservations, next: page.NextToken };
  });
  return reservations
    .flatMap(({ Instances = [] }) => Instances)
    .flatMap(({ InstanceId }) => InstanceId ?? []);
};
