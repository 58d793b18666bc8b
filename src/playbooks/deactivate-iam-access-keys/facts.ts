import type { Offer } from '../../domain/playbook';

export const deactivateIamAccessKeys: Offer = {
  id: 'deactivate-iam-access-keys',
  title: 'Deactivate old or unused IAM access keys',
  summary:
    'Deactivates the active access keys of a user that are older than 90 days, or unused for 90 or 45 days, as the finding says. Nothing is deleted; the console password stays.',
  answers: ['IAM.3', 'IAM.8', 'IAM.22'],
  target: 'AwsIamUser',
  risk: 'high',
  onFailure: 'roll back',
};
