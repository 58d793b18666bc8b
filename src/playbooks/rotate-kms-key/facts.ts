import type { Offer } from '../../domain/playbook';

export const rotateKmsKey: Offer = {
  id: 'rotate-kms-key',
  title: 'Rotate the KMS key automatically',
  summary:
    'Turns on automatic rotation of a customer-managed symmetric key. Id, aliases and policy stay, and what was encrypted stays readable.',
  answers: ['KMS.4'],
  target: 'AwsKmsKey',
  risk: 'low',
  onFailure: 'roll back',
};
