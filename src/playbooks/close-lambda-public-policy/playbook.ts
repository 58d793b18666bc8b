import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { closeLambdaPublicPolicy as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type FunctionFacts } from './read';

export const closeLambdaPublicPolicy: Playbook<FunctionFacts, Aws> = {
  ...facts,
  permissions,
  read,
  plan,
};
