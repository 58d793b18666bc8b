import { GetObjectCommand } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import {
  botAccount,
  externalId,
  seedEstate,
  workloads,
  type Estate,
} from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import type { EvidenceStore } from '../../../src/aws/calls/own';
import { estateThrough } from '../../../src/aws/estate';
import { hashIn } from '../../../src/aws/evidence';
import type { Json } from '../../../src/domain/canonical';
import { Target } from '../../../src/domain/target';
import { operationOf } from '../../../src/operations';
import type { Evidence } from '../../../src/operations/evidence/kept';
import { startLocalAws, until, type LocalAws } from './local-aws';
import { localEvidence } from './local-evidence';

let aws: LocalAws;
let estate: Estate;
let store: EvidenceStore;

beforeAll(async () => {
  aws = await startLocalAws();
  process.env['AWS_ENDPOINT_URL'] = aws.edge.url;
  [estate, store] = await Promise.all([seedEstate(aws.edge.url), localEvidence(aws)]);
}, 60_000);
afterAll(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  await aws.close();
}, 30_000);

/** One step as the runner does it, under the responder role and the session of its operation. */
const step = async (kind: string, index: number, input: Json) => {
  const role = { name: 'DrawbridgeResponder', externalId, partition: 'aws' };
  const noTools = { endpoints: [], secretOf: () => Promise.resolve(''), now: () => new Date() };
  const sts = new STSClient(asAccount(aws.edge.url, botAccount));
  const sessions = estateThrough(sts, role, noTools, store);
  const target = Target.parse({
    kind: 'AwsEc2Instance',
    id: estate.servers.web,
    account: workloads,
    region: 'us-east-1',
  });
  const operation = operationOf(kind);
  const { read, apply } = operation.permissions;
  const who = { name: 'Rita', remediation: 'rem-0000000000' };
  const session = await sessions.session(target, [...read, ...apply], who);
  const run = `rem-0000000000/${index}`;
  const look = () => operation.read(session, input, run);
  // A host takes a while; as the runner does, it is looked at until it holds.
  const state = await until(async () => {
    const now = await look();
    if (operation.holds(now, input)) return now as Evidence;
    if (!operation.pending?.(now, input)) await operation.apply(session, input, now, run);
    return undefined;
  }, 20);
  return state.kept;
};

const contentOf = async (key: string): Promise<string> => {
  const { Body } = await store.s3.send(new GetObjectCommand({ Bucket: store.bucket, Key: key }));
  return (await Body?.transformToString()) ?? '';
};

test('the evidence of a seeded server is taken, and each piece is as its hash says', async () => {
  aws.edge.reset();
  const instanceId = estate.servers.web;
  const host = { instanceId, deadlineSeconds: 300 };

  const [metadata] = await step('evidence.capture-metadata', 0, { instanceId });
  const rows = JSON.parse(await contentOf(metadata?.key ?? '')) as {
    rows: { volumes: { is: { VolumeId: string }[] } };
  };
  const volumes = rows.rows.volumes.is.map(({ VolumeId }) => VolumeId);
  const screen = await step('evidence.capture-console', 1, { instanceId, wakeUp: false });
  const [snapshots] = await step('evidence.snapshot-volumes', 2, { instanceId, volumes });
  const [collected] = await step('evidence.collect-host', 3, host);
  const [memory] = await step('evidence.capture-memory', 4, host);
  const [manifest] = await step('evidence.write-manifest', 5, { instanceId });

  const all = [metadata, ...screen, snapshots, collected, memory, manifest];
  for (const kept of all) expect(await hashIn(store, kept!)).toBe(kept?.sha256);
  expect(all.map((kept) => [kept?.name, kept?.note])).toEqual([
    ['metadata.json', ''],
    ['console-output.txt', ''],
    ['console-screenshot.jpg', ''],
    ['snapshots.json', ''],
    ['host.json', ''],
    ['memory.json', expect.stringContaining('InvalidDocument')],
    ['manifest.json', ''],
  ]);
  expect(volumes.length).toBeGreaterThan(0);
  const asked = JSON.parse(await contentOf(collected?.key ?? '')) as {
    sections: { name: string; output: string }[];
    skipped: string[];
  };
  expect(asked.sections.map(({ name }) => name).filter((it) => it.startsWith('windows'))).toEqual(
    [],
  );
  expect(asked.sections.find(({ name }) => name === 'linux-sockets')?.output).toContain('ESTAB');
  expect(asked.skipped).toContain('windows-processes');
  expect(JSON.parse(await contentOf(manifest?.key ?? ''))).toMatchObject({
    artefacts: Array.from({ length: 6 }, () => ({ by: 'Rita' })),
  });
  expect(aws.edge.calls({}).filter(({ error }) => /AccessDenied/.test(error ?? ''))).toEqual([]);
}, 60_000);
