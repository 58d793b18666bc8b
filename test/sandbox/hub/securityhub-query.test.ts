import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  DescribeHubCommand,
  EnableSecurityHubCommand,
  GetFindingsCommand,
  type AwsSecurityFindingFilters,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { asff, guardDuty } from './support/asff';
import { administrator, bench, region, type Bench } from './support/hub';

describe('GetFindings', () => {
  let world: Bench;
  let client: SecurityHubClient;

  const ids = async (Filters: AwsSecurityFindingFilters): Promise<string[]> => {
    const { Findings } = await client.send(new GetFindingsCommand({ Filters }));
    return (Findings ?? []).map(({ Id }) => Id ?? '');
  };

  beforeAll(async () => {
    world = await bench();
    client = world.securityHub();
    await client.send(new EnableSecurityHubCommand({}));
    const instance = {
      Type: 'AwsEc2Instance',
      Id: 'i-1',
      Details: { AwsEc2Instance: { IpV4Addresses: ['10.0.3.7'] } },
    };
    const Findings = [
      asff({ Id: 'bucket', ProductFields: { ControlId: 'S3.8' }, Confidence: 90 }),
      asff({ Id: 'bucket-old', UpdatedAt: '2026-09-01T00:00:00Z', Severity: { Label: 'LOW' } }),
      asff({ Id: 'instance', ProductArn: guardDuty, Resources: [instance], Sample: true }),
    ];
    await client.send(new BatchImportFindingsCommand({ Findings }));
  });
  afterAll(() => world.close());

  test('describes the hub it searches', async () => {
    await expect(client.send(new DescribeHubCommand({}))).resolves.toMatchObject({
      HubArn: `arn:aws:securityhub:${region}:${administrator}:hub/default`,
    });
  });

  test.each<[string, AwsSecurityFindingFilters, string[]]>([
    ['nothing', {}, ['bucket', 'bucket-old', 'instance']],
    ['an equal id', { Id: [{ Value: 'bucket', Comparison: 'EQUALS' }] }, ['bucket']],
    ['a prefix', { Id: [{ Value: 'buck', Comparison: 'PREFIX' }] }, ['bucket', 'bucket-old']],
    [
      'a value that is not',
      { Id: [{ Value: 'bucket', Comparison: 'NOT_EQUALS' }] },
      ['bucket-old', 'instance'],
    ],
    [
      'a prefix without one of its ids',
      {
        Id: [
          { Value: 'buck', Comparison: 'PREFIX' },
          { Value: 'bucket-', Comparison: 'PREFIX_NOT_EQUALS' },
        ],
      },
      ['bucket'],
    ],
    [
      'a label inside the severity',
      { SeverityLabel: [{ Value: 'LOW', Comparison: 'EQUALS' }] },
      ['bucket-old'],
    ],
    [
      'a resource type',
      { ResourceType: [{ Value: 'AwsEc2Instance', Comparison: 'EQUALS' }] },
      ['instance'],
    ],
    [
      'a resource tag',
      { ResourceTags: [{ Key: 'team', Value: 'pay', Comparison: 'EQUALS' }] },
      ['bucket', 'bucket-old'],
    ],
    [
      'a product field',
      {
        ProductFields: [{ Key: 'ControlId', Value: 'S3.8', Comparison: 'EQUALS' }],
      },
      ['bucket'],
    ],
    ['a number', { Confidence: [{ Gte: 50, Lt: 91 }] }, ['bucket']],
    [
      'a date range in days',
      { UpdatedAt: [{ DateRange: { Value: 7, Unit: 'DAYS' } }] },
      ['bucket', 'instance'],
    ],
    [
      'a start and an end',
      {
        UpdatedAt: [{ Start: '2026-08-01T00:00:00Z', End: '2026-09-30T00:00:00Z' }],
      },
      ['bucket-old'],
    ],
    [
      'an address range',
      { ResourceAwsEc2InstanceIpV4Addresses: [{ Cidr: '10.0.0.0/16' }] },
      ['instance'],
    ],
    ['samples', { Sample: [{ Value: true }] }, ['instance']],
    [
      'two attributes, both of which must hold',
      {
        RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }],
        ComplianceSecurityControlId: [{ Value: 'S3.9', Comparison: 'EQUALS' }],
      },
      [],
    ],
  ])('filters by %s', async (_, filters, expected) => {
    expect(await ids(filters)).toEqual(expected);
  });

  const equal = (Value: string) => ({ Value, Comparison: 'EQUALS' as const });
  const names = 'Id Title Region Type ProductArn GeneratorId AwsAccountId Description SourceUrl';
  const eleven = `${names} ProductName CompanyName`.split(' ');
  test.each<[string, AwsSecurityFindingFilters]>([
    ['11 attributes', Object.fromEntries(eleven.map((name) => [name, [equal('x')]]))],
    ['21 values', { Id: Array.from({ length: 21 }, (_, index) => equal(String(index))) }],
    ['EQUALS beside NOT_EQUALS', { Id: [equal('a'), { Value: 'b', Comparison: 'NOT_EQUALS' }] }],
    ['CONTAINS, which is for automation rules', { Id: [{ Value: 'b', Comparison: 'CONTAINS' }] }],
  ])('refuses %s', async (_, filters) => {
    await expect(ids(filters)).rejects.toMatchObject({ name: 'InvalidInputException' });
  });

  test('sorts, pages and gives each finding once', async () => {
    const SortCriteria = [{ Field: 'SeverityNormalized', SortOrder: 'asc' as const }];
    const first = await client.send(new GetFindingsCommand({ SortCriteria, MaxResults: 2 }));
    expect(first.Findings?.map(({ Id }) => Id)).toEqual(['bucket-old', 'bucket']);
    const { NextToken } = first;
    const next = await client.send(new GetFindingsCommand({ SortCriteria, NextToken }));
    expect(next.Findings?.map(({ Id }) => Id)).toEqual(['instance']);
    expect(next.NextToken).toBeUndefined();
    await expect(client.send(new GetFindingsCommand({ NextToken }))).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
  });

  test('refuses a page of more than 100', async () => {
    const request = new GetFindingsCommand({ MaxResults: 101 });
    await expect(client.send(request)).rejects.toThrow('MaxResults');
  });

  test('sees a changed workflow at once', async () => {
    const FindingIdentifiers = [{ Id: 'instance', ProductArn: guardDuty }];
    const Workflow = { Status: 'SUPPRESSED' as const };
    await client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers, Workflow }));
    expect(await ids({ WorkflowStatus: [equal('SUPPRESSED')] })).toEqual(['instance']);
  });
});
