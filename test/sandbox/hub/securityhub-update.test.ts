import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  EnableSecurityHubCommand,
  GetFindingsCommand,
  type AwsSecurityFinding,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { asff, controls, guardDuty } from './support/asff';
import { administrator, bench, member, region, type Bench } from './support/hub';

describe('a finding in Security Hub', () => {
  let world: Bench;
  let client: SecurityHubClient;
  const finding = asff();
  const identifier = { Id: finding.Id, ProductArn: finding.ProductArn };

  const bring = (...Findings: AwsSecurityFinding[]) =>
    client.send(new BatchImportFindingsCommand({ Findings }));
  const read = async (Id: string | undefined = finding.Id) => {
    const Filters = { Id: [{ Value: Id, Comparison: 'EQUALS' as const }] };
    const { Findings } = await client.send(new GetFindingsCommand({ Filters }));
    return Findings?.[0];
  };
  const notify = (Status: 'NOTIFIED' | 'SUPPRESSED' | 'RESOLVED') =>
    client.send(
      new BatchUpdateFindingsCommand({ FindingIdentifiers: [identifier], Workflow: { Status } }),
    );

  beforeEach(async () => {
    world = await bench();
    client = world.securityHub();
    await client.send(new EnableSecurityHubCommand({}));
  });
  afterEach(() => world.close());

  test('is refused before Security Hub is enabled', async () => {
    const other = world.securityHub(member);
    await expect(
      other.send(new BatchImportFindingsCommand({ Findings: [finding] })),
    ).rejects.toMatchObject({ name: 'InvalidAccessException' });
  });

  test('starts as NEW and ACTIVE, with the severity completed and the provider kept', async () => {
    await bring(finding);
    expect(await read()).toMatchObject({
      Severity: { Label: 'HIGH', Normalized: 70 },
      Workflow: { Status: 'NEW' },
      RecordState: 'ACTIVE',
      ProductName: 'securityhub',
      Region: region,
      FindingProviderFields: { Severity: { Label: 'HIGH' } },
      ProductFields: { 'aws/securityhub/FindingId': `${controls}/${finding.Id}` },
    });
  });

  test('fails alone when it breaks the format, and the others get in', async () => {
    const { Title: _, ...untitled } = asff({ Id: 'untitled' });
    const huge = asff({
      Id: 'huge',
      Resources: [{ Type: 'Other', Id: 'x', Details: { Other: { text: 'x'.repeat(250 * 1024) } } }],
    });
    const answer = await bring(finding, untitled as AwsSecurityFinding, huge);
    expect(answer).toMatchObject({ SuccessCount: 1, FailedCount: 2 });
    expect(answer.FailedFindings).toEqual([
      expect.objectContaining({ Id: 'untitled', ErrorCode: 'InvalidInput' }),
      expect.objectContaining({ Id: 'huge', ErrorMessage: expect.stringContaining('240 KB') }),
    ]);
  });

  test('keeps UpdatedAt when only the workflow changes', async () => {
    await bring(finding);
    await notify('NOTIFIED');
    expect(await read()).toMatchObject({
      UpdatedAt: finding.UpdatedAt,
      Workflow: { Status: 'NOTIFIED' },
    });
  });

  test('gets the time of its note from the service', async () => {
    await bring(finding);
    world.clock.advance(60);
    const Note = { Text: 'Looking into it', UpdatedBy: 'drawbridge' };
    await client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers: [identifier], Note }));
    expect((await read())?.Note).toEqual({ ...Note, UpdatedAt: '2026-11-02T09:01:00.000Z' });
  });

  test('is announced on each import and on each update in the true envelope', async () => {
    await bring(finding);
    await notify('NOTIFIED');
    await world.hub.settled();
    expect(world.events).toHaveLength(2);
    expect(world.events[1]).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Security Hub Findings - Imported',
      source: 'aws.securityhub',
      account: administrator,
      time: '2026-11-02T09:00:00Z',
      region,
      resources: [`${controls}/${finding.Id}`],
      detail: { findings: [await read()] },
    });
    expect(world.events[1]?.id).not.toBe(world.events[0]?.id);
  });

  test.each([
    ['archived and active again', { RecordState: 'ARCHIVED' }, { RecordState: 'ACTIVE' }],
    ['passed and failed again', { Compliance: { Status: 'PASSED' } }, {}],
  ] as const)('falls back from NOTIFIED to NEW when %s', async (_, first, second) => {
    await bring(asff({ ...first, ProductArn: guardDuty }));
    const FindingIdentifiers = [{ ...identifier, ProductArn: guardDuty }];
    const Workflow = { Status: 'NOTIFIED' as const };
    await client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers, Workflow }));
    await bring(asff({ ...second, ProductArn: guardDuty }));
    expect((await read())?.Workflow?.Status).toBe('NEW');
  });

  test('is resolved by Security Hub when its control passes, and reopens when it fails', async () => {
    await bring(finding);
    await bring(asff({ Compliance: { Status: 'PASSED' } }));
    expect((await read())?.Workflow?.Status).toBe('RESOLVED');
    await bring(finding);
    expect((await read())?.Workflow?.Status).toBe('NEW');
  });

  test('stays suppressed through a pass and a relapse', async () => {
    await bring(finding);
    await notify('SUPPRESSED');
    await bring(asff({ Compliance: { Status: 'PASSED' } }));
    await bring(finding);
    expect((await read())?.Workflow?.Status).toBe('SUPPRESSED');
  });

  test('keeps what a customer set when its provider imports it again', async () => {
    await bring(finding);
    await client.send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [identifier],
        Severity: { Label: 'LOW' },
        UserDefinedFields: { ticket: 'SEC-1' },
        VerificationState: 'BENIGN_POSITIVE',
      }),
    );
    await bring(asff({ Title: 'New title', UserDefinedFields: { ticket: 'SEC-2' } }));
    expect(await read()).toMatchObject({
      Title: 'New title',
      Severity: { Label: 'LOW', Normalized: 1 },
      UserDefinedFields: { ticket: 'SEC-1' },
      VerificationState: 'BENIGN_POSITIVE',
    });
  });

  test('that is unknown, doubled or malformed is reported beside those that were updated', async () => {
    await bring(finding);
    const unknown = { Id: 'nobody', ProductArn: controls };
    const malformed = { Id: 'x', ProductArn: 'arn:aws:s3:::x' };
    const answer = await client.send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [identifier, identifier, unknown, malformed],
        Workflow: { Status: 'RESOLVED' },
      }),
    );
    expect(answer.ProcessedFindings).toEqual([identifier]);
    expect(answer.UnprocessedFindings?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'DuplicatedFindingIdentifier',
      'FindingNotFound',
      'InvalidInput',
    ]);
  });

  test.each([
    ['no identifier', { FindingIdentifiers: [], Confidence: 1 }],
    ['no change', { FindingIdentifiers: [identifier] }],
    [
      'a note of 513 characters',
      {
        FindingIdentifiers: [identifier],
        Note: { Text: 'x'.repeat(513), UpdatedBy: 'me' },
      },
    ],
    [
      '101 identifiers',
      { FindingIdentifiers: Array.from({ length: 101 }, () => identifier), Confidence: 1 },
    ],
  ])('refuses an update with %s', async (_, request) => {
    await expect(client.send(new BatchUpdateFindingsCommand(request))).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
  });

  test('of a member is updated by the administrator, but not the other way round', async () => {
    const theirs = asff({ AwsAccountId: member, Id: 'theirs' });
    await bring(finding, theirs);
    const asMember = world.securityHub(member);
    await asMember.send(new EnableSecurityHubCommand({}));
    const both = [identifier, { ...identifier, Id: theirs.Id }];
    const update = new BatchUpdateFindingsCommand({ FindingIdentifiers: both, Confidence: 42 });
    const answer = await asMember.send(update);
    expect(answer.ProcessedFindings?.map(({ Id }) => Id)).toEqual(['theirs']);
    const everybody = await client.send(update);
    expect(everybody.ProcessedFindings).toHaveLength(2);
    const { Findings } = await asMember.send(new GetFindingsCommand({}));
    expect(Findings?.map(({ Id }) => Id)).toEqual(['theirs']);
    expect(world.hub.findings(member)).toHaveLength(1);
  });

  test('of an own product comes only from the account it speaks of', async () => {
    const own = `arn:aws:securityhub:${region}:${member}:product/${member}/default`;
    const answer = await bring(asff({ ProductArn: own, AwsAccountId: member }));
    expect(answer.FailedCount).toBe(1);
  });
});
