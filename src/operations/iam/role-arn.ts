import { isAwsError, type Aws } from '../aws';

/** ARN of a role of the account by its name; nothing where there is no such role. */
export const roleArn = async (aws: Aws, name: string): Promise<string | undefined> => {
  try {
    const { Role } = await aws.call('iam:GetRole', { RoleName: name });
    return Role?.Arn;
  } catch (error) {
    if (isAwsError(error, 'NoSuchEntityException', 'NoSuchEntity')) return undefined;
    throw error;
  }
};
