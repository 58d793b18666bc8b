import { account } from '../../support/builders';
import { awsError, type Handlers } from '../../support/memory-aws';

/** The roles by which AWS services write logs, as far as the account has them. */
export const roles = (...names: readonly string[]): Handlers => ({
  'iam:GetRole': ({ RoleName = '' }) => {
    if (!names.includes(RoleName)) throw awsError('NoSuchEntityException');
    const Arn = `arn:aws:iam::${account}:role/${RoleName}`;
    return { Role: { RoleName, Arn, Path: '/', RoleId: 'AROA', CreateDate: new Date(0) } };
  },
});
