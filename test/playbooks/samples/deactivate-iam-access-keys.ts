import { Target } from '../../../src/domain/target';
import { account, region } from '../../support/builders';
import { MemoryIam, type MemoryKey } from '../../support/memory-iam';
import type { Worlds } from './worlds';

/** Asked on 2026-03-01: the first key is old and long unused, the second is young. */
const keys: readonly MemoryKey[] = [
  {
    id: 'AKIAIOSFODNN7OLD1',
    created: '2024-01-02T03:04:05.000Z',
    status: 'Active',
    used: { at: '2025-06-01T00:00:00.000Z', service: 's3', region: 'eu-west-1' },
  },
  { id: 'AKIAIOSFODNN7NEW2', created: '2026-02-20T00:00:00.000Z', status: 'Active' },
];

const bob =
  (...statuses: MemoryKey['status'][]) =>
  (): MemoryIam => {
    const iam = new MemoryIam();
    iam.user('bob', {
      path: '/division/web/',
      tags: [{ Key: 'Owner', Value: 'web' }],
      keys: keys.map((key, index) => ({ ...key, status: statuses[index] ?? 'Active' })),
      password: { created: '2024-01-02T03:04:05.000Z', used: '2026-02-27T08:00:00.000Z' },
    });
    return iam;
  };

export const deactivateIamAccessKeys: Worlds = {
  target: Target.parse({ kind: 'AwsIamUser', id: 'bob', account, region }),
  toChange: bob('Active', 'Active'),
  compliant: bob('Inactive', 'Active'),
};
