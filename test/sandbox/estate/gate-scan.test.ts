import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  EnableMacieCommand,
  Macie2Client,
  PutClassificationExportConfigurationCommand,
} from '@aws-sdk/client-macie2';
import { botAccount } from '../../../sandbox/estate';
import { startHub, type Hub } from '../../../sandbox/hub';
import { asAccount } from '../../../sandbox/stack';
import type { GateBatches, GateMacie, GateObjects } from '../../../src/app/gate/ports';
import { gateBatches } from '../../../src/aws/gate/batches';
import { gateMacie } from '../../../src/aws/gate/macie';
import { gateObjects } from '../../../src/aws/gate/objects';
import { objectRef, stagedKey, type Version } from '../../../src/domain/gate/object';
import { GateRunId } from '../../../src/domain/ids';
import { Gate } from '../../../src/domain/policy/gate';
import { buckets, copyOf } from '../../aws/gate/buckets';
import { startLocalAws, type LocalAws } from './local-aws';

jest.setTimeout(60_000);

const run = GateRunId.parse('gate-0000000000');
const resultsBucket = 'results-bucket';

/** Staged by ours, read by a Macie that reads real bytes: do both speak of the same version? */
describe('a scan of what was staged', () => {
  let aws: LocalAws;
  let hub: Hub;
  let s3: S3Client;
  let client: Macie2Client;
  let objects: GateObjects;
  let macie: GateMacie;
  let batches: GateBatches;

  beforeAll(async () => {
    aws = await startLocalAws();
    const settings = asAccount(aws.edge.url, botAccount);
    s3 = new S3Client({ ...settings, forcePathStyle: true });
    const emit = () => Promise.resolve();
    hub = await startHub({ port: 0, defaultAccount: botAccount, s3, emit, jobSeconds: 0 });
    client = new Macie2Client({ ...settings, endpoint: hub.url });
    objects = gateObjects(s3, buckets);
    batches = gateBatches(s3, resultsBucket);
    const { identifiers } = Gate.parse({ channel: 'C0GATE' });
    const scan = { stageBucket: buckets.stage, account: botAccount, identifiers };
    macie = gateMacie(client, s3, { ...scan, resultsBucket });
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    for (const Bucket of [...Object.values(buckets), resultsBucket]) {
      await s3.send(new CreateBucketCommand({ Bucket }));
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    }
    await client.send(new EnableMacieCommand({}));
    const kmsKeyArn = `arn:aws:kms:us-east-1:${botAccount}:key/1`;
    const s3Destination = { bucketName: resultsBucket, keyPrefix: 'macie', kmsKeyArn };
    const configuration = { s3Destination };
    await client.send(new PutClassificationExportConfigurationCommand({ configuration }));
  });
  afterAll(async () => {
    client.destroy();
    await hub.close();
    s3.destroy();
    await aws.close();
  });

  it('D26: gives proofs and findings of exactly the versions and ETags that were staged', async () => {
    const bodies = {
      'card 1+2.csv': 'number\n4111 1111 1111 1111\n',
      'clean/ü.txt': 'nothing here',
    };
    for (const [Key, Body] of Object.entries(bodies))
      await s3.send(new PutObjectCommand({ Bucket: buckets.raw, Key, Body }));
    const { versions } = await objects.listRaw('', undefined, 500);
    const copies = versions.map((each, at) =>
      copyOf(each, { to: stagedKey(run, objectRef(1, at), each.raw.key) }),
    );
    const copied = await objects.copy('raw', 'stage', copies, false);
    const staged = copied.flatMap((each): Version[] =>
      each.kind === 'copied' ? [each.version] : [],
    );

    const job = await macie.createJob(run);
    await hub.settled();
    expect(await macie.look(job)).toEqual({ kind: 'complete' });
    const files = await macie.resultFiles(job);
    const proofs = (await Promise.all(files.map((file) => macie.readResults(file)))).flat();
    const { found } = await macie.findings(job);

    const said = staged.map(({ key, versionId, etag }) => ({ staged: key, versionId, etag }));
    expect(proofs.map(({ detected }) => detected.map(({ type }) => type))).toEqual([
      ['CREDIT_CARD_NUMBER'],
      [],
    ]);
    expect(proofs).toMatchObject(said.map((each) => ({ ...each, status: 'COMPLETE' })));
    expect(found).toMatchObject([said[0]]);
    await batches.put(run, 'proofs', 1, proofs, files[0]);
    expect(await batches.parts(run, 'proofs', 1)).toEqual(proofs);
    expect(await batches.get(run, 'taken', 1)).toBeUndefined();
  });
});
