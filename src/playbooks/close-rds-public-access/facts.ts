import type { Offer } from '../../domain/playbook';

export const closeRdsPublicAccess: Offer = {
  id: 'close-rds-public-access',
  title: 'Close public access to an RDS database',
  summary:
    'Takes the public address away from one database instance. Its name, port and security groups stay; changes that wait for the maintenance window go on waiting.',
  answers: ['RDS.2'],
  target: 'AwsRdsDbInstance',
  risk: 'high',
  onFailure: 'roll back',
};
