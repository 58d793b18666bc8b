import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3-control';
import { awsError, type Handlers } from './memory-aws';

/** What S3 Control knows of accounts, by account. */
export type AccountBlocks = Map<string, PublicAccessBlockConfiguration>;

/** S3 Control's block of a whole account, with its error where there is none. */
export const memoryS3Control = (blocks: AccountBlocks): Handlers => ({
  's3control:GetPublicAccessBlock': ({ AccountId = '' }) => {
    const found = blocks.get(AccountId);
    if (!found) throw awsError('NoSuchPublicAccessBlockConfiguration');
    return { PublicAccessBlockConfiguration: { ...found } };
  },
  's3control:PutPublicAccessBlock': ({ AccountId = '', PublicAccessBlockConfiguration = {} }) => {
    blocks.set(AccountId, { ...PublicAccessBlockConfiguration });
    return {};
  },
  's3control:DeletePublicAccessBlock': ({ AccountId = '' }) => {
    blocks.delete(AccountId);
    return {};
  },
});
