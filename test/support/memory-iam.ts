import type { PasswordPolicy, Tag } from '@aws-sdk/client-iam';
import { awsError, MemoryAws, type Handlers } from './memory-aws';

export interface MemoryKey {
  id: string;
  created: string;
  status: 'Active' | 'Inactive';
  used?: { at: string; service: string; region: string };
}

export interface MemoryUser {
  path: string;
  tags: Tag[];
  keys: MemoryKey[];
  /** The console password: when it was made, and when it was used last. */
  password?: { created: string; used?: string };
}

/** IAM's users and password policy in memory, with IAM's error names, defaults and pages. */
export class MemoryIam extends MemoryAws {
  readonly users = new Map<string, MemoryUser>();
  policy: PasswordPolicy | undefined;
  pageSize = 100;

  constructor(...more: readonly Handlers[]) {
    // The handlers read fields that exist by the time of the first call.
    const handlers: Handlers = {};
    super(handlers, ...more);
    Object.assign(handlers, this.#calls);
  }

  user(name: string, more: Partial<MemoryUser> = {}): MemoryUser {
    const user: MemoryUser = { path: '/', tags: [], keys: [], ...more };
    this.users.set(name, user);
    return user;
  }

  #find(name = ''): MemoryUser {
    const user = this.users.get(name);
    if (!user) throw awsError('NoSuchEntityException');
    return user;
  }

  #key(id = ''): MemoryKey {
    const found = [...this.users.values()].flatMap(({ keys }) => keys).find((key) => key.id === id);
    if (!found) throw awsError('NoSuchEntityException');
    return found;
  }

  #paged<T>(all: readonly T[], marker = '0') {
    const end = Number(marker) + this.pageSize;
    const more = end < all.length;
    return {
      items: all.slice(Number(marker), end),
      page: { IsTruncated: more, ...(more && { Marker: String(end) }) },
    };
  }

  readonly #calls: Handlers = {
    'iam:GetUser': ({ UserName }) => ({ User: userOf(UserName ?? '', this.#find(UserName)) }),
    'iam:ListUsers': ({ Marker }) => {
      const { items, page } = this.#paged([...this.users], Marker);
      // A list tells no tags.
      const Users = items.map(([name, user]) => userOf(name, { ...user, tags: [] }));
      return { Users, ...page };
    },
    'iam:GetLoginProfile': ({ UserName }) => {
      const { password } = this.#find(UserName);
      if (!password) throw awsError('NoSuchEntityException');
      return { LoginProfile: { UserName, CreateDate: new Date(password.created) } };
    },
    'iam:ListAccessKeys': ({ UserName, Marker }) => {
      const { items, page } = this.#paged(this.#find(UserName).keys, Marker);
      const AccessKeyMetadata = items.map(({ id, status, created }) => ({
        UserName,
        AccessKeyId: id,
        Status: status,
        CreateDate: new Date(created),
      }));
      return { AccessKeyMetadata, ...page };
    },
    'iam:GetAccessKeyLastUsed': ({ AccessKeyId }) => {
      const { used } = this.#key(AccessKeyId);
      return {
        AccessKeyLastUsed: used
          ? { LastUsedDate: new Date(used.at), ServiceName: used.service, Region: used.region }
          : { LastUsedDate: undefined, ServiceName: 'N/A', Region: 'N/A' },
      };
    },
    'iam:UpdateAccessKey': ({ UserName, AccessKeyId, Status }) => {
      const key = this.#find(UserName).keys.find(({ id }) => id === AccessKeyId);
      if (!key) throw awsError('NoSuchEntityException');
      key.status = Status === 'Active' ? 'Active' : 'Inactive';
      return {};
    },
    'iam:GetAccountPasswordPolicy': () => {
      if (!this.policy) throw awsError('NoSuchEntityException');
      return { PasswordPolicy: { ...this.policy } };
    },
    'iam:UpdateAccountPasswordPolicy': (given) => {
      const { MaxPasswordAge: age, PasswordReusePrevention: reuse } = given;
      if (age === 0 || reuse === 0) throw awsError('ValidationError');
      this.policy = {
        MinimumPasswordLength: given.MinimumPasswordLength ?? 6,
        RequireSymbols: given.RequireSymbols ?? false,
        RequireNumbers: given.RequireNumbers ?? false,
        RequireUppercaseCharacters: given.RequireUppercaseCharacters ?? false,
        RequireLowercaseCharacters: given.RequireLowercaseCharacters ?? false,
        AllowUsersToChangePassword: given.AllowUsersToChangePassword ?? false,
        ExpirePasswords: age !== undefined,
        ...(given.HardExpiry && { HardExpiry: true }),
        ...(age !== undefined && { MaxPasswordAge: age }),
        ...(reuse !== undefined && { PasswordReusePrevention: reuse }),
      };
      return {};
    },
    'iam:DeleteAccountPasswordPolicy': () => {
      if (!this.policy) throw awsError('NoSuchEntityException');
      this.policy = undefined;
      return {};
    },
  };
}

const userOf = (name: string, { path, tags, password }: MemoryUser) => ({
  UserName: name,
  Path: path,
  UserId: `AIDA${name.toUpperCase()}`,
  Arn: `arn:aws:iam::111122223333:user${path}${name}`,
  CreateDate: new Date('2020-01-01T00:00:00Z'),
  ...(tags.length > 0 && { Tags: tags }),
  ...(password?.used && { PasswordLastUsed: new Date(password.used) }),
});
