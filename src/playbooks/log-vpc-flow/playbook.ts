import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { logVpcFlow as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type VpcFacts } from './read';

export const logVpcFlow: Playbook<VpcFacts, Aws> = { ...facts, permissions, read, plan };
