import { awsError, type Handlers } from './memory-aws';

export interface MemoryRole {
  path?: string;
  /** Inline policies by name, as JSON text. */
  policies: Map<string, string>;
}

/** Characters that the inline policies of one role may have, white space not counted. */
const most = 10_240;

/** Roles and their inline policies: IAM gives documents back URL-encoded, and takes none for a role of a service. */
export const memoryRoles = (roles: Map<string, MemoryRole>): Handlers => {
  const find = (name = '') => {
    const role = roles.get(name);
    if (!role) throw awsError('NoSuchEntityException');
    return { path: '/', ...role };
  };
  const change = (name: string | undefined) => {
    const role = find(name);
    if (role.path.startsWith('/aws-service-role/')) throw awsError('UnmodifiableEntityException');
    return role.policies;
  };
  return {
    'iam:GetRole': ({ RoleName }) => ({
      Role: {
        RoleName,
        Path: find(RoleName).path,
        RoleId: `AROA${RoleName}`,
        Arn: `arn:aws:iam::111122223333:role${find(RoleName).path}${RoleName}`,
        CreateDate: new Date(0),
      },
    }),
    'iam:GetRolePolicy': ({ RoleName, PolicyName = '' }) => {
      const document = find(RoleName).policies.get(PolicyName);
      if (document === undefined) throw awsError('NoSuchEntityException');
      return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(document) };
    },
    'iam:PutRolePolicy': ({ RoleName, PolicyName = '', PolicyDocument = '' }) => {
      const policies = change(RoleName);
      const all = [...new Map([...policies, [PolicyName, PolicyDocument]]).values()].join('');
      if (all.replace(/\s/g, '').length > most) throw awsError('LimitExceededException');
      policies.set(PolicyName, PolicyDocument);
      return {};
    },
    'iam:DeleteRolePolicy': ({ RoleName, PolicyName = '' }) => {
      if (!change(RoleName).delete(PolicyName)) throw awsError('NoSuchEntityException');
      return {};
    },
  };
};
