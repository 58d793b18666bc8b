import type { Playbook } from '../../domain/playbook';
import type { Aws } from '../../operations/aws';
import { rotateKmsKey as facts } from './facts';
import { plan } from './plan';
import { permissions, read, type KeyFacts } from './read';

export const rotateKmsKey: Playbook<KeyFacts, Aws> = { ...facts, permissions, read, plan };
