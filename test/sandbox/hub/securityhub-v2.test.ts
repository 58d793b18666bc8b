import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsV2Command,
  EnableSecurityHubCommand,
  EnableSecurityHubV2Command,
  GetFindingsV2Command,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { asff } from './support/asff';
import { administrator, bench, region, type Bench } from './support/hub';

interface Ocsf {
  metadata: { uid: string };
  [field: string]: unknown;
}

describe('a finding in Security Hub V2', () => {
  let world: Bench;
  let client: SecurityHubClient;
  const search = async (
    comparison: 'CONTAINS_WORD' | 'EQUALS',
    FieldName: 'finding_info.title' | 'severity',
    Value: string,
  ) => {
    const StringFilters = [{ FieldName, Filter: { Value, Comparison: comparison } }];
    const Filters = { CompositeFilters: [{ StringFilters }] };
    const { Findings } = await client.send(new GetFindingsV2Command({ Filters }));
    return (Findings ?? []) as Ocsf[];
  };

  beforeEach(async () => {
    world = await bench();
    client = world.securityHub();
    await client.send(new EnableSecurityHubCommand({}));
    await client.send(new EnableSecurityHubV2Command({}));
    await client.send(new BatchImportFindingsCommand({ Findings: [asff()] }));
  });
  afterEach(() => world.close());

  test('is the OCSF form of the same observation', async () => {
    const [finding] = await search('CONTAINS_WORD', 'finding_info.title', 'public');
    expect(finding).toMatchObject({
      class_uid: 2003,
      severity_id: 4,
      status_id: 1,
      finding_info: { uid: asff().Id },
      compliance: { control: 'S3.8', status: 'Fail', status_id: 3 },
      resources: [{ tags: [{ name: 'team', value: 'pay' }] }],
    });
    expect(await search('EQUALS', 'severity', 'Low')).toEqual([]);
  });

  test('is updated by its uid or by its identifier, with a comment', async () => {
    const [before] = await search('EQUALS', 'severity', 'High');
    const byUid = new BatchUpdateFindingsV2Command({
      MetadataUids: [before?.metadata.uid ?? '', 'nobody'],
      StatusId: 4,
      Comment: 'Fixed',
    });
    const answer = await client.send(byUid);
    expect(answer.ProcessedFindings).toHaveLength(1);
    expect(answer.UnprocessedFindings).toEqual([
      expect.objectContaining({ MetadataUid: 'nobody', ErrorCode: 'ResourceNotFoundException' }),
    ]);
    const byIdentifier = new BatchUpdateFindingsV2Command({
      FindingIdentifiers: [
        {
          CloudAccountUid: administrator,
          FindingInfoUid: asff().Id,
          MetadataProductUid: `arn:aws:securityhub:${region}::productv2/aws/securityhub`,
        },
      ],
      SeverityId: 2,
    });
    await client.send(byIdentifier);
    const [after] = await search('EQUALS', 'severity', 'Low');
    expect(after).toMatchObject({ status: 'Resolved', comment: 'Fixed', severity_id: 2 });
    expect(world.hub.findings()[0]?.Workflow?.Status).toBe('RESOLVED');
  });

  test('is refused with both forms of identifier, or none', async () => {
    const neither = new BatchUpdateFindingsV2Command({ StatusId: 4 });
    await expect(client.send(neither)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('goes to the bus in both forms', async () => {
    await world.hub.settled();
    expect(world.events.map((event) => event['detail-type'])).toEqual([
      'Security Hub Findings - Imported',
      'Findings Imported V2',
    ]);
  });
});
