import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { suppressMacieFindings as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type FilterFacts } from './read';

export const suppressMacieFindings: Playbook<FilterFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
