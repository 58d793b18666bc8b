import type { Offer } from '../../domain/playbook';

export const blockS3AccountPublicAccess: Offer = {
  id: 'block-s3-account-public-access',
  title: 'Block public access to all S3 buckets of an account',
  summary:
    'Switches on the four settings of the account’s public access block, after a look at which buckets are public now. Settings that are on stay on; policies and ACLs stay as they are.',
  answers: ['S3.1'],
  target: 'AwsAccount',
  risk: 'high',
  onFailure: 'roll back',
};
