import { EnableMacieCommand, Macie2Client } from '@aws-sdk/client-macie2';
import { STSClient } from '@aws-sdk/client-sts';
import '../../../sandbox/emulators/loopback-names.cjs';
import { s3ControlEndpoint } from '../../../sandbox/emulators';
import {
  botAccount,
  externalId,
  findingsOf,
  samplesOf,
  secondRegion,
  seedEstate,
  workloads,
  type Estate,
} from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { estateThrough } from '../../../src/aws/estate';
import { offersFor } from '../../../src/domain/playbook';
import { read } from '../../../src/findings';
import { playbooks } from '../../../src/playbooks';
import { startLocalAws, type LocalAws } from './local-aws';
import { localEvidence } from './local-evidence';

let aws: LocalAws;
let estate: Estate;

beforeAll(async () => {
  aws = await startLocalAws();
  process.env['AWS_ENDPOINT_URL'] = aws.edge.url;
  process.env['AWS_ENDPOINT_URL_S3_CONTROL'] = s3ControlEndpoint(aws.edge.url);
  estate = await seedEstate(aws.edge.url);
  await new Macie2Client(asAccount(aws.edge.url, workloads)).send(new EnableMacieCommand({}));
}, 60_000);
afterAll(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  delete process.env['AWS_ENDPOINT_URL_S3_CONTROL'];
  await aws.close();
}, 30_000);

const offered = () =>
  samplesOf(estate).flatMap(({ event }) => {
    const reading = read(event);
    return reading.kind === 'findings'
      ? reading.findings.flatMap((finding) =>
          offersFor(playbooks, finding).map((each) => ({ ...each, finding })),
        )
      : [];
  });

test('every playbook that answers findings has one to answer', () => {
  const ids = new Set(offered().map(({ offer }) => offer.id));
  const answering = playbooks.filter(({ answers }) => answers.length > 0).map(({ id }) => id);
  expect(answering.filter((id) => !ids.has(id))).toEqual([]);
});

test('whatever is offered finds something to change', async () => {
  const role = { name: 'DrawbridgeResponder', externalId, partition: 'aws' };
  const noTools = { endpoints: [], secretOf: () => Promise.resolve(''), now: () => new Date() };
  const sts = new STSClient(asAccount(aws.edge.url, botAccount));
  const sessions = estateThrough(sts, role, noTools, await localEvidence(aws));
  const who = { name: 'test', remediation: 'rem-0000000000' };
  const planned = await Promise.all(
    offered().map(async ({ offer, target, finding }) => {
      const playbook = playbooks.find(({ id }) => id === offer.id)!;
      const session = await sessions.session(target, playbook.permissions, who);
      const { control } = finding;
      const asked = {
        target,
        finding,
        now: new Date().toISOString(),
        ...(control && { control }),
      };
      const { kind } = await playbook.look(session, asked);
      return `${control} ${offer.id}: ${kind}`;
    }),
  );

  expect(planned.filter((words) => !words.endsWith(': plan'))).toEqual([]);
}, 60_000);

test('one of them is about another Region, and so is what it names', () => {
  const abroad = offered().filter(({ target }) => target.region === secondRegion);
  expect(abroad.map(({ target }) => target)).toMatchObject([
    { account: workloads, id: estate.secondRegion.open, region: secondRegion },
  ]);
});

test('what is shown at the start fits into both channels, besides what somebody feeds', () => {
  // Cards of their own per channel in ten minutes are 15, and 3 of a kind; of Macie itself come two and one.
  const kinds = new Map<string, number>();
  const own = findingsOf(estate, new Date()).filter(({ GeneratorId = '' }) => {
    kinds.set(GeneratorId, (kinds.get(GeneratorId) ?? 0) + 1);
    return kinds.get(GeneratorId)! <= 3;
  });
  const isHigh = ({ Severity }: (typeof own)[number]): boolean =>
    ['CRITICAL', 'HIGH'].includes(Severity?.Label ?? '');

  expect(own.filter(isHigh).length + 2).toBeLessThanOrEqual(13);
  expect(own.filter((it) => !isHigh(it)).length + 1).toBeLessThanOrEqual(14);
  expect(kinds.get('security-control/KMS.4')).toBeGreaterThan(3);
});
