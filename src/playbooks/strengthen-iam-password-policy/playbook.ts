import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { strengthenIamPasswordPolicy as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type PolicyFacts } from './read';

export const strengthenIamPasswordPolicy: Playbook<PolicyFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
