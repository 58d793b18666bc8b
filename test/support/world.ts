import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { decide, type Decided } from '../../src/app/decide';
import { takeIn } from '../../src/app/intake';
import type { Estate, Store } from '../../src/app/ports';
import { request } from '../../src/app/request';
import { undo } from '../../src/app/undo';
import type { Finding } from '../../src/domain/finding';
import type { RemediationId } from '../../src/domain/ids';
import type { Person } from '../../src/domain/person';
import type { Policy } from '../../src/domain/policy';
import type { Remediation } from '../../src/domain/remediation';
import { operationOf } from '../../src/operations';
import type { Aws } from '../../src/operations/aws';
import { playbooks } from '../../src/playbooks';
import { offers } from '../../src/playbooks/offers';
import type { TaskDeps } from '../../src/slack/tasks';
import { aClock, aFinding, aPolicy, aTarget, groupId } from './builders';
import { fakeEstate } from './estate';
import { MemoryEc2 } from './memory-ec2';
import { memoryLists } from './memory-lists';
import { memoryStore } from './memory-store';
import { ann, clickOf, fakePeople, rita } from './people';
import { play, type Play } from './play';
import { fakeSource, fakeWorkflow } from './workflow';

export const sshOpen: SecurityGroupRule = {
  IpProtocol: 'tcp',
  FromPort: 20,
  ToPort: 25,
  CidrIpv4: '0.0.0.0/0',
  Description: 'temporary',
  Tags: [{ Key: 'owner', Value: 'web' }],
};

interface Wanted {
  rules?: readonly SecurityGroupRule[];
  policy?: Policy;
  finding?: Finding;
  /** Something around each call to the store and to AWS, such as a killer. */
  wrap?: <T extends object>(target: T) => T;
}

/** One account with one security group, one finding about it, and everybody who may do something. */
export const aWorld = async ({
  rules = [sshOpen],
  policy = aPolicy(),
  finding = aFinding(),
  wrap = (target) => target,
}: Wanted = {}) => {
  const ec2 = new MemoryEc2();
  ec2.group(groupId, rules);
  const held = memoryStore();
  const clock = aClock();
  const workflow = fakeWorkflow();
  const source = fakeSource();
  const people = fakePeople();
  const estate = fakeEstate(wrap<Aws>(ec2));
  let ids = 0;
  const deps = {
    store: wrap<Store>(held),
    people,
    workflow,
    estate: estate as Estate,
    source: wrap(source),
    offers,
    playbooks,
    operationOf,
    policy,
    now: clock.now,
    random: () => String((ids += 1)).padStart(20, '0'),
    screens: { show: async () => {} },
    lists: memoryLists(held.held),
  } satisfies TaskDeps;
  // People and the front door live in other processes: what kills the task does not kill them.
  const door = { ...deps, store: held };
  await takeIn(door, finding, 'delivery-0');
  const stored = async (id: RemediationId): Promise<Remediation> => {
    const found = await held.remediation(id);
    if (!found) throw new Error(`no remediation ${id}`);
    return found;
  };
  const ask = { finding: finding.key, playbook: 'close-ec2-admin-ports', target: aTarget.id };
  return {
    deps,
    door,
    ec2,
    held,
    clock,
    workflow,
    source,
    people,
    estate,
    finding,
    stored,
    ask,
    ids: () => [...held.held.remediations.keys()] as RemediationId[],
    rules: () => ec2.groups.get(groupId)?.rules ?? [],
    request: async (by: Person = rita): Promise<Remediation> => {
      const requested = await request(door, ask, clickOf(by), 'open to everybody');
      if (requested.kind !== 'started') throw new Error(`not started: ${requested.kind}`);
      return requested.remediation;
    },
    vote: async (
      id: RemediationId,
      verdict: 'approve' | 'deny' = 'approve',
      by: Person = ann,
    ): Promise<Decided> => {
      const hash = (await stored(id)).proposal?.hash ?? '';
      return decide(door, { id, hash, verdict }, clickOf(by));
    },
    undo: (id: RemediationId, by: Person = ann) => undo(door, id, clickOf(by), 'wrong group'),
    play: (id: RemediationId, task: 'remediate' | 'undo' = 'remediate', how: Play = {}) =>
      play(deps, id, task, { relay: held, ...how }),
    trail: async () => (await held.trail(aFindingCase)).map(({ event }) => event.type),
  };
};
export type World = Awaited<ReturnType<typeof aWorld>>;

const aFindingCase = '0123456789abcdef0123456789abcdef' as Parameters<Store['trail']>[0];

/** From the request to the end, approved by Ann. */
export const remediate = async (world: World, how: Play = {}): Promise<Remediation> => {
  const { id } = await world.request();
  await world.play(id, 'remediate', {
    people: async () => void (await world.vote(id)),
    ...how,
  });
  return world.stored(id);
};
