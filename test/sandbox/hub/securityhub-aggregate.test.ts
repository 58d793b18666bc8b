import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  CreateFindingAggregatorCommand,
  EnableSecurityHubCommand,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { asff } from './support/asff';
import { administrator, bench, region, type Bench } from './support/hub';
import { watch } from './support/drift';

const other = 'ap-southeast-2';

describe('a finding of another Region', () => {
  let world: Bench;
  let home: SecurityHubClient;
  let abroad: SecurityHubClient;
  const finding = asff({ ProductArn: `arn:aws:securityhub:${other}::product/aws/securityhub` });
  const identifier = { Id: finding.Id, ProductArn: finding.ProductArn };
  const bring = () => abroad.send(new BatchImportFindingsCommand({ Findings: [finding] }));
  const aggregate = () =>
    home.send(new CreateFindingAggregatorCommand({ RegionLinkingMode: 'ALL_REGIONS' }));
  const seenBy = async (client: SecurityHubClient) =>
    (await client.send(new GetFindingsCommand({}))).Findings ?? [];

  beforeEach(async () => {
    world = await bench();
    home = world.securityHub();
    abroad = new SecurityHubClient({
      endpoint: world.hub.url,
      region: other,
      credentials: { accessKeyId: administrator, secretAccessKey: 'none' },
    });
    watch(abroad, 'securityhub');
    for (const client of [home, abroad]) await client.send(new EnableSecurityHubCommand({}));
  });
  afterEach(async () => {
    abroad.destroy();
    await world.close();
  });

  test('stays there as long as nothing brings findings together', async () => {
    await bring();
    expect(await seenBy(home)).toEqual([]);
    expect(await seenBy(abroad)).toHaveLength(1);
  });

  test('is known and announced in both with an aggregator, and says where it is from', async () => {
    expect(await aggregate()).toMatchObject({ FindingAggregationRegion: region });
    await bring();
    await world.hub.settled();
    expect(await seenBy(home)).toMatchObject([{ Id: finding.Id, Region: other }]);
    expect(world.events.map((event) => event.region).sort()).toEqual([other, region]);
    expect(world.hub.findings()).toHaveLength(1);
  });

  test('is changed in both by a change in one', async () => {
    await aggregate();
    await bring();
    await home.send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [identifier],
        Workflow: { Status: 'RESOLVED' },
      }),
    );
    for (const client of [home, abroad])
      expect(await seenBy(client)).toMatchObject([{ Workflow: { Status: 'RESOLVED' } }]);
  });

  test('there is one aggregator and no second', async () => {
    await aggregate();
    await expect(aggregate()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
