import type { AccessKeyMetadata } from '@aws-sdk/client-iam';
import { Told } from '../../domain/errors';
import type { Asked } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import {
  isNoSuchEntity,
  keyText,
  listAccessKeys,
} from '../../operations/iam/deactivate-access-key';

/** The user and the credentials that can be unused; all times are ISO 8601, UTC. */
export type UserFacts =
  | { kind: 'missing' }
  | {
      kind: 'user';
      path: string;
      tags: Readonly<Record<string, string>>;
      /** Absent where the user has no console password. */
      password?: Credential;
      keys: readonly KeyFacts[];
    };

export interface Credential {
  created: string;
  lastUsed?: string;
}

export interface KeyFacts extends Credential {
  id: string;
  active: boolean;
  /** `s3 in eu-west-1`, of the last use. */
  by?: string;
}

export const permissions = [
  'iam:GetUser',
  'iam:GetLoginProfile',
  'iam:ListAccessKeys',
  'iam:GetAccessKeyLastUsed',
] as const;

export const read = async (aws: Aws, { target }: Asked): Promise<UserFacts> => {
  const UserName = target.id;
  const user = await orNothing(aws.call('iam:GetUser', { UserName }));
  const keys = await listAccessKeys(aws, UserName);
  if (!user || !keys) return { kind: 'missing' };
  const profile = await orNothing(aws.call('iam:GetLoginProfile', { UserName }));
  const { Path = '/', Tags = [], PasswordLastUsed: lastUsed } = user.User ?? {};
  return {
    kind: 'user',
    path: Path,
    tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    ...(profile && {
      password: {
        created: timeOf(profile.LoginProfile?.CreateDate, 'the console password'),
        ...(lastUsed && { lastUsed: lastUsed.toISOString() }),
      },
    }),
    keys: await Promise.all(keys.map((key) => keyOf(aws, key))),
  };
};

const keyOf = async (
  aws: Aws,
  { AccessKeyId: id = '', Status, CreateDate }: AccessKeyMetadata,
): Promise<KeyFacts> => {
  const { AccessKeyLastUsed: use } = await aws.call('iam:GetAccessKeyLastUsed', {
    AccessKeyId: id,
  });
  return {
    id,
    active: Status === 'Active',
    created: timeOf(CreateDate, `access key ${keyText(id)}`),
    ...(use?.LastUsedDate && {
      lastUsed: use.LastUsedDate.toISOString(),
      by: `${use.ServiceName} in ${use.Region}`,
    }),
  };
};

/** Without its time nothing can be said of a credential's age (law 10). */
const timeOf = (date: Date | undefined, what: string): string => {
  if (!date) throw new Told(`IAM does not say when ${what} was made.`);
  return date.toISOString();
};

const orNothing = async <T>(asked: Promise<T>): Promise<T | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (isNoSuchEntity(error)) return undefined;
    throw error;
  }
};
