import type { Offer } from '../../domain/playbook';

export const quarantineS3Object: Offer = {
  id: 'quarantine-s3-object',
  title: 'Quarantine an S3 object with sensitive data',
  summary:
    'Denies everybody to read this one object, by a statement in the bucket’s policy, and tags it. It is neither moved nor copied nor deleted; all other objects stay as they are.',
  answers: ['macie:SensitiveData:S3Object/*'],
  target: 'AwsS3Object',
  risk: 'high',
  onFailure: 'roll back',
};
