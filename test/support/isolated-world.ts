import { requestCase, type CaseAsk } from '../../src/app/request-case';
import { undo } from '../../src/app/undo';
import { decide } from '../../src/app/decide';
import type { Estate, Store } from '../../src/app/ports';
import { CaseId, type RemediationId } from '../../src/domain/ids';
import type { Person } from '../../src/domain/person';
import type { Remediation } from '../../src/domain/remediation';
import type { Aws } from '../../src/operations/aws';
import { instanceId } from '../operations/samples/ec2-instances';
import { account, aPolicy, region } from './builders';
import { fakeEstate } from './estate';
import { aServer, type Server } from './memory-server';
import { ann, clickOf, rita } from './people';
import { play, type Play } from './play';
import { aWorld } from './world';

export const ask: CaseAsk = {
  playbook: 'isolate-ec2-instance',
  target: instanceId,
  account,
  region,
};

/** A world whose estate is one server, and people who isolate and release it by commands. */
export const anIsolation = async (
  server: Server = {},
  wrap: <T extends object>(target: T) => T = (target) => target,
  policy = aPolicy(),
) => {
  const world = await aWorld({ wrap, policy });
  const host = aServer(server);
  const estate: Estate = fakeEstate(wrap<Aws>(host.aws));
  const deps = { ...world.deps, estate };
  const isolate = async (by: Person = rita, options?: readonly string[]): Promise<Remediation> => {
    const asked = await requestCase(
      world.door,
      { ...ask, target: server.id ?? ask.target, ...(options && { options }) },
      clickOf(by),
      'it talks to a mining pool',
    );
    if (asked.kind !== 'started') throw new Error(`not started: ${asked.kind}`);
    return asked.remediation;
  };
  const vote = async (id: RemediationId, by: Person = ann): Promise<void> => {
    const hash = (await world.stored(id)).proposal?.hash ?? '';
    await decide(world.door, { id, hash, verdict: 'approve' }, clickOf(by));
  };
  const wait = (seconds: number): void => {
    world.clock.pass(seconds * 1000);
    host.evidence.wait(seconds);
  };
  const run = (id: RemediationId, task: 'remediate' | 'undo', how: Play = {}) =>
    play(deps, id, task, { relay: world.held, wait, people: () => vote(id), ...how });
  return {
    ...world,
    deps,
    host,
    isolate,
    vote,
    run,
    /** From the command to the end. */
    through: async (how: Play = {}, options?: readonly string[]): Promise<Remediation> => {
      const { id } = await isolate(rita, options);
      await run(id, 'remediate', how);
      return world.stored(id);
    },
    release: async (id: RemediationId, how: Play = {}, by: Person = ann): Promise<Remediation> => {
      await undo(world.door, id, clickOf(by), 'it was rebuilt');
      await run(id, 'undo', how);
      return world.stored(id);
    },
    trailOf: async (id: RemediationId) =>
      (await world.held.trail(CaseId.parse(id))).map(({ event }) => event),
    store: world.held as Store,
  };
};
export type Isolation = Awaited<ReturnType<typeof anIsolation>>;
