import type { z } from 'zod/mini';
import type { Finding } from '../../src/domain/finding';
import { rulingFor, type Policy, type Ruling } from '../../src/domain/policy';
import { aFinding, aPolicy, aTarget } from '../support/builders';

export type Rules = NonNullable<z.input<typeof Policy>['rules']>;
export const playbook = { id: 'close-ec2-admin-ports', answers: ['EC2.13', 'EC2.14'] };
export const base = aPolicy().approval.default;
export const byDefault: Ruling = { run: 'approval', rule: base };

/** A finding whose resource has these tags; none are none that we know of. */
export const tagged = (tags: Record<string, string>): Finding =>
  aFinding({ resources: [{ ...aFinding().resources[0]!, tags }] });

/** What these rules say of the playbook; `null`: it was asked for without a finding. */
export const ruled = (rules: Rules, finding: Finding | null = tagged({ owner: 'web' })): Ruling => {
  const windows = { office: { zone: 'UTC', from: '09:00', to: '17:00' } };
  const about = { playbook, target: aTarget, finding: finding ?? undefined };
  return rulingFor(aPolicy({ rules, windows }), about);
};
