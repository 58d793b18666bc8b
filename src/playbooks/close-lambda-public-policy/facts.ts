import type { Offer } from '../../domain/playbook';

export const closeLambdaPublicPolicy: Offer = {
  id: 'close-lambda-public-policy',
  title: 'Close a Lambda function to the public',
  summary:
    'Removes the statements that let everybody call the function. Statements for S3 that name no account are narrowed to the function’s own account; all others stay.',
  answers: ['Lambda.1'],
  target: 'AwsLambdaFunction',
  risk: 'high',
  onFailure: 'roll back',
};
