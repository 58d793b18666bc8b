import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { requireEc2Imdsv2 as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type InstanceFacts } from './read';

export const requireEc2Imdsv2: Playbook<InstanceFacts, Aws> = { ...facts, permissions, read, plan };
