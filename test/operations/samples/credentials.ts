import type { Instance } from '@aws-sdk/client-ec2';
import { canonical } from '../../../src/domain/canonical';
import type { DetachProfile } from '../../../src/operations/ec2/detach-profile';
import type { DenyInstance } from '../../../src/operations/iam/deny-instance';
import { policyName, quarantine } from '../../../src/operations/iam/quarantine-policy';
import type { EndSessions } from '../../../src/operations/ssm/end-sessions';
import { MemoryAws } from '../../support/memory-aws';
import { memoryInstances } from '../../support/memory-instances';
import { memoryProfiles, type MemoryAssociation } from '../../support/memory-profiles';
import { memoryRoles } from '../../support/memory-roles';
import { memorySessions, type MemorySession } from '../../support/memory-sessions';
import { anInstance, instanceId } from './ec2-instances';
import type { Sample } from './sample';

export const instanceArn = `arn:aws:ec2:eu-west-1:111122223333:instance/${instanceId}`;
export const deny: DenyInstance = { roleName: 'web', instanceArn, keep: 'nothing' };
export const denyButSsm: DenyInstance = { ...deny, keep: 'ssm', evidenceBucket: 'evidence-1' };
export const ownName = policyName(instanceArn);
export const denyAll = canonical(quarantine(instanceArn, 'nothing'));
export const allButSsm = canonical(quarantine(instanceArn, 'ssm', 'evidence-1'));
const other: [string, string] = ['reads-orders', '{"Version":"2012-10-17","Statement":[]}'];
const role = (name: string, input: DenyInstance, ...policies: [string, string][]): Sample => ({
  name,
  input,
  world: () => new MemoryAws(memoryRoles(new Map([['web', { policies: new Map(policies) }]]))),
});

export const denyInstance: readonly Sample[] = [
  role('all but Systems Manager', denyButSsm, other),
  role('all but Systems Manager, without a bucket', { ...deny, keep: 'ssm' }),
  role('all', deny, other),
  role('all, after all but Systems Manager', deny, [ownName, allButSsm]),
  role('all denied already, where less is asked', denyButSsm, [ownName, denyAll]),
  role('a policy of ours that somebody loosened', deny, [
    ownName,
    denyAll.replace('"Action":"*"', '"Action":"s3:*"'),
  ]),
  role('nothing to do', deny, [ownName, denyAll]),
  { name: 'no such role', input: deny, world: () => new MemoryAws(memoryRoles(new Map())) },
];

export const detach: DetachProfile = { instanceId };
export const profile = 'arn:aws:iam::111122223333:instance-profile/apps/web';
export const association = (more: Partial<MemoryAssociation> = {}): MemoryAssociation => ({
  id: 'iip-assoc-1',
  instance: instanceId,
  profile,
  state: 'associated',
  ...more,
});
const profiles = (
  name: string,
  all: readonly MemoryAssociation[],
  instances: readonly Instance[] = [anInstance()],
): Sample => ({
  name,
  input: detach,
  world: () =>
    new MemoryAws(
      memoryProfiles(
        all.map((each) => ({ ...each })),
        { pageSize: 1 },
      ),
      memoryInstances(instances),
    ),
});

export const detachProfile: readonly Sample[] = [
  profiles('a profile', [association(), association({ id: 'iip-assoc-2', instance: 'i-other' })]),
  profiles('a profile that followed another', [
    association({ id: 'iip-assoc-0', state: 'disassociated' }),
    association(),
  ]),
  profiles('no profile', []),
  profiles('terminated', [], [anInstance({ State: { Name: 'terminated' } })]),
];

export const sessions: EndSessions = { instanceId };
export const session = (more: Partial<MemorySession> = {}): MemorySession => ({
  id: 'mallory-0a1b2c',
  target: instanceId,
  owner: 'arn:aws:sts::111122223333:assumed-role/admin/mallory',
  status: 'Connected',
  ...more,
});
const live = (name: string, ...all: MemorySession[]): Sample => ({
  name,
  input: sessions,
  stands: true,
  world: () =>
    new MemoryAws(
      memorySessions(
        all.map((each) => ({ ...each })),
        { pageSize: 1 },
      ),
    ),
});

export const endSessions: readonly Sample[] = [
  live('one session', session()),
  live(
    'a session beside others that are over or elsewhere',
    session({ id: 'a', target: 'i-other' }),
    session({ id: 'b', status: 'Terminated' }),
    session({ id: 'c', status: 'Disconnected' }),
  ),
];
