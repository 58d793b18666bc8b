import type { RevokeSessions } from '../../../src/operations/iam/revoke-sessions';
import { MemoryAws, type Handlers } from '../../support/memory-aws';
import { memoryRoles } from '../../support/memory-roles';
import { instanceArn } from './credentials';
import { instanceId } from './ec2-instances';
import type { Sample } from './sample';

export const revoke: RevokeSessions = { roleName: 'web', instanceArn };
export const revokedName = `drawbridge-revoked-${instanceId}`;
/** As an earlier run wrote it. */
export const revokedBefore = (at: string, sid = 'DrawbridgeRevoked0123456789abcdef'): string =>
  JSON.stringify({
    Statement: [
      {
        Action: '*',
        Condition: { DateLessThan: { 'aws:TokenIssueTime': at } },
        Effect: 'Deny',
        Resource: '*',
        Sid: sid,
      },
    ],
    Version: '2012-10-17',
  });

export const clock = (at = '2026-03-01T12:00:00.000Z'): Handlers => ({
  'clock:GetTime': () => ({ at }),
});
const other: [string, string] = ['reads-orders', '{"Version":"2012-10-17","Statement":[]}'];
const role = (name: string, ...policies: [string, string][]): Sample => ({
  name,
  input: revoke,
  world: () =>
    new MemoryAws(memoryRoles(new Map([['web', { policies: new Map(policies) }]])), clock()),
});

export const revokeSessions: readonly Sample[] = [
  role('a role with a policy of its own', other),
  role('revoked by an earlier run', [revokedName, revokedBefore('2026-01-01T00:00:00.000Z')]),
  {
    name: 'no such role',
    input: revoke,
    world: () => new MemoryAws(memoryRoles(new Map()), clock()),
  },
];
