import { workloads } from '../../../sandbox/estate';
import { Target } from '../../../src/domain/target';

export const targetIn = (kind: string, id: string): Target =>
  Target.parse({ kind, id, account: workloads, region: 'us-east-1' });
