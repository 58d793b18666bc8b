import type { Offer } from '../../domain/playbook';

export const suppressMacieFindings: Offer = {
  id: 'suppress-macie-findings',
  title: 'Suppress Macie findings like this one',
  summary:
    'Makes a findings filter in Macie that archives new findings of this type in this bucket, by default of this object only. Findings that are there stay, and so does what they speak of.',
  answers: ['macie:*'],
  target: 'AwsS3Bucket',
  risk: 'low',
  onFailure: 'roll back',
  options: [
    {
      id: 'object',
      label: 'Only this object',
      hint: 'Otherwise all objects of the bucket, also those that are still to come.',
      default: true,
    },
  ],
};
