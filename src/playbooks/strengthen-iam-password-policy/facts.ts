import type { Offer } from '../../domain/playbook';

export const strengthenIamPasswordPolicy: Offer = {
  id: 'strengthen-iam-password-policy',
  title: 'Strengthen the password policy for IAM users',
  summary:
    'Raises the rules of the account’s password policy that are weaker than the control wants. Stricter rules and all others stay as they are; hard expiry is never switched on.',
  answers: ['IAM.7', 'IAM.11', 'IAM.12', 'IAM.13', 'IAM.14', 'IAM.15', 'IAM.16', 'IAM.17'],
  target: 'AwsAccount',
  risk: 'medium',
  onFailure: 'roll back',
};
