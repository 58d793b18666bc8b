import { STSClient } from '@aws-sdk/client-sts';
import '../../sandbox/emulators/loopback-names.cjs';
import { s3ControlEndpoint } from '../../sandbox/emulators';
import { botAccount, externalId, workloads } from '../../sandbox/estate';
import { asAccount } from '../../sandbox/stack';
import { estateThrough } from '../../src/aws/estate';
import { planHash, type Plan, type Step } from '../../src/domain/plan';
import type { Asked } from '../../src/domain/playbook';
import type { Estate } from '../../src/app/ports';
import { operationOf, operations } from '../../src/operations';
import { playbooks, type Listed } from '../../src/playbooks';
import { localEvidence } from '../sandbox/estate/local-evidence';
import { startLocalAws, until, type LocalAws } from '../sandbox/estate/local-aws';
import { outsideOf } from './chain';
import { seeds } from './moto';

let aws: LocalAws;
let estate: Estate;
const used = new Set<string>();
const who = { name: 'test', remediation: 'rem-0000000000' };

beforeAll(async () => {
  aws = await startLocalAws();
  process.env['AWS_ENDPOINT_URL'] = aws.edge.url;
  process.env['AWS_ENDPOINT_URL_S3_CONTROL'] = s3ControlEndpoint(aws.edge.url);
  const role = { name: 'DrawbridgeResponder', externalId, partition: 'aws' };
  const sts = new STSClient(asAccount(aws.edge.url, botAccount));
  const tools = { endpoints: [], secretOf: () => Promise.resolve(''), now: () => new Date() };
  estate = estateThrough(sts, role, tools, await localEvidence(aws));
}, 60_000);
afterAll(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  delete process.env['AWS_ENDPOINT_URL_S3_CONTROL'];
  await aws.close();
});

const look = async (playbook: Listed, asked: Asked) =>
  playbook.look(await estate.session(asked.target, playbook.permissions, who), asked);

const planOf = async (playbook: Listed, asked: Asked): Promise<Plan> => {
  const planned = await look(playbook, asked);
  if (planned.kind !== 'plan') throw new Error(`${planned.kind}: ${planned.because}`);
  return planned.plan;
};

/** One step under the very sessions that the runner opens. */
const verbs = ({ target }: Asked, { operation: kind, input }: Step, index: number) => {
  const operation = operationOf(kind);
  used.add(kind);
  const run = `rem-0000000000/${index}`;
  const { permissions } = operation;
  const session = (...more: (readonly string[])[]) =>
    estate.session(target, [...permissions.read, ...more.flat()], who);
  return {
    operation,
    /** As it is once AWS has taken a change over. */
    read: () =>
      until(async () => {
        const state = await operation.read(await session(), input, run);
        return operation.pending?.(state, input) ? undefined : { state };
      }).then(({ state }) => state),
    apply: async () => {
      const limited = await session(permissions.apply);
      await operation.apply(limited, input, await operation.read(limited, input, run), run);
    },
  };
};

/** The exact actions of the playbook's look and of the operations that its plan is made of. */
const declaredBy = ({ permissions: looks }: Listed, { steps }: Plan): Set<string> =>
  new Set([
    ...looks,
    ...steps.flatMap(({ operation }) => Object.values(operationOf(operation).permissions).flat()),
  ]);

it('every playbook has a seed', () => {
  expect(Object.keys(seeds).sort()).toEqual(playbooks.map(({ id }) => id).sort());
});

describe.each(playbooks.map((playbook) => [playbook.id, playbook] as const))(
  '%s on the local AWS, under the responder role and its session policies',
  (id, playbook) => {
    it('plans, changes, proves it, and takes it back to the recorded state (laws 7, 14)', async () => {
      aws.edge.reset();
      const now = new Date().toISOString();
      const asked = { now, ...(await seeds[id]!(asAccount(aws.edge.url, workloads))) };
      const plan = await planOf(playbook, asked);
      const done: (() => Promise<void>)[] = [];

      for (const [index, step] of plan.steps.entries()) {
        const { operation, read, apply } = verbs(asked, step, index);
        const before = await read();
        await apply();
        await apply();
        // What takes a while, and then wants its end to be written down, is tried again as the runner does.
        if (!operation.holds(await read(), step.input)) await apply();
        const after = await read();
        expect([operation.kind, operation.holds(after, step.input)]).toEqual([
          operation.kind,
          true,
        ]);
        expect(operation.drift(after, await read())).toEqual([]);
        if (operation.irreversible !== undefined || step.phase === 'evidence') continue;
        done.unshift(async () => {
          const session = await estate.session(
            asked.target,
            [...operation.permissions.read, ...operation.permissions.undo],
            who,
          );
          // A way back in two parts is gone on with once its first part shows, as the runner does.
          for (let tries = 0; tries < 3; tries += 1)
            if (!operation.restored(await read(), step.input, before))
              await operation.undo(session, step.input, before, await read());
          const end = await read();
          expect([operation.kind, end]).toEqual([operation.kind, before]);
          expect(operation.restored(end, step.input, before)).toBe(true);
        });
      }
      expect((await look(playbook, asked)).kind).toBe('compliant');
      for (const undo of done) await undo();

      if (plan.reversible === 'exactly')
        expect(planHash(await planOf(playbook, asked))).toBe(planHash(plan));
      const calls = aws.edge.calls({});
      expect(calls.filter(({ error }) => /AccessDenied/.test(error ?? ''))).toEqual([]);
      expect(outsideOf(declaredBy(playbook, plan), calls)).toEqual([]);
    }, 60_000);
  },
);

it('these plans use every operation that a playbook can plan with', () => {
  const elsewhere = new Set([
    'ssm.run-automation',
    'states.run-execution',
    'https.call-webhook',
    // The seed does neither: the one ends what the rest looks at, the other needs a tool of the account’s owners.
    'ec2.stop-instance',
    'evidence.capture-memory',
    // The old load balancers have a test of their own.
    'elb.deregister-classic',
  ]);
  const left = operations.map(({ kind }) => kind).filter((kind) => !used.has(kind));
  expect(left.filter((kind) => !elsewhere.has(kind))).toEqual([]);
});
