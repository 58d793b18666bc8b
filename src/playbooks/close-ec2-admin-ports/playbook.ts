import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { closeEc2AdminPorts as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type GroupFacts } from './read';

export const closeEc2AdminPorts: Playbook<GroupFacts, Aws> = { ...facts, permissions, read, plan };
