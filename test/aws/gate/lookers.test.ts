import {
  ListFindingsCommand,
  PutClassificationExportConfigurationCommand,
  UpdateRevealConfigurationCommand,
  type Macie2Client,
} from '@aws-sdk/client-macie2';
import { gateIdentifiers } from '../../../src/aws/gate/identifiers';
import { gateSamples } from '../../../src/aws/gate/reveal';
import { administrator, region } from '../../sandbox/hub/support/hub';
import { macieBench, stage, type MacieBench } from '../../sandbox/hub/support/jobs';
import { macieError, scripted } from './scripted-macie';

const card = '4111 1111 1111 1111';
const none = (because: string) => ({ kind: 'not available', because });

describe('with Macie', () => {
  let world: MacieBench;
  let client: Macie2Client;
  const kmsKeyId = `arn:aws:kms:${region}:${administrator}:key/1`;
  const aFinding = async (): Promise<string> => {
    const { findingIds = [] } = await client.send(new ListFindingsCommand({}));
    return findingIds[0] ?? '';
  };

  beforeEach(async () => {
    world = await macieBench();
    client = world.macie();
    await client.send(
      new PutClassificationExportConfigurationCommand({
        configuration: { s3Destination: { bucketName: 'results', kmsKeyArn: kmsKeyId } },
      }),
    );
    await client.send(
      new UpdateRevealConfigurationCommand({ configuration: { status: 'ENABLED', kmsKeyId } }),
    );
    world.s3.put(stage, 'card.csv', `number\n${card}`);
    await world.scan();
  });
  afterEach(() => world.close());

  it('samples are shown masked, once Macie has them', async () => {
    const slept: number[] = [];
    const samples = gateSamples(client, async (ms) => void slept.push(ms));

    expect(await samples.samplesOf(await aFinding())).toEqual({
      kind: 'shown',
      samples: [{ type: 'CREDIT_CARD_NUMBER', masked: ['••••••1111'] }],
    });
    expect(slept.length).toBeGreaterThan(0);
  });

  it('samples of an object that was moved are not available', async () => {
    world.s3.remove(stage, 'card.csv');

    expect(await gateSamples(client, async () => undefined).samplesOf(await aFinding())).toEqual(
      none('the object was moved, replaced or deleted since'),
    );
  });

  it('an identifier is tried on a sample, and a wrong one refused in words', async () => {
    const identifiers = gateIdentifiers(client, () => world.clock.time);
    const draft = { regex: 'EMP-\\d{4}', keywords: [], ignoreWords: [] };

    expect(await identifiers.testIdentifier(draft, 'EMP-1234 and EMP-5678')).toEqual({
      kind: 'matches',
      count: 2,
    });
    expect(await identifiers.testIdentifier({ ...draft, regex: '(' }, 'x')).toMatchObject({
      kind: 'refused',
    });
  });

  it('what a filter would have hidden is counted before it is made', async () => {
    const identifiers = gateIdentifiers(client, () => world.clock.time);
    const criteria = { 'resourcesAffected.s3Object.key': { eq: ['card.csv'] } };

    expect(await identifiers.hiddenBy(criteria)).toEqual({ count: 1, more: false });
    expect(await identifiers.hiddenBy({ type: { eq: ['none'] } })).toEqual({
      count: 0,
      more: false,
    });
    world.clock.advance(31 * 24 * 60 * 60);
    expect(await identifiers.hiddenBy(criteria)).toEqual({ count: 0, more: false });
  });

  it('filters and allow lists are made, and a name that is taken is refused in words', async () => {
    const identifiers = gateIdentifiers(client, () => world.clock.time);
    const criteria = { 'resourcesAffected.s3Object.key': { eq: ['card.csv'] } };
    const filter = { name: 'test-cards', description: 'test data', criteria };

    expect(await identifiers.createFindingsFilter(filter, 't1')).toMatchObject({ kind: 'made' });
    expect(await identifiers.createFindingsFilter(filter, 't2')).toMatchObject({
      kind: 'refused',
      because: expect.stringContaining('test-cards'),
    });
    const list = { name: 'test-cards', description: 'test data', regex: '4111.*' };
    expect(await identifiers.createAllowList(list, 't3')).toMatchObject({ kind: 'made' });
  });
});

describe('samples', () => {
  const available = { code: 'AVAILABLE' };

  it('are given up after twenty seconds', async () => {
    let slept = 0;
    const { client } = scripted({
      GetSensitiveDataOccurrencesAvailability: [available],
      GetSensitiveDataOccurrences: [{ status: 'PROCESSING' }],
    });
    const samples = gateSamples(client, async (ms) => void (slept += ms));

    expect(await samples.samplesOf('f1')).toEqual(
      none('Macie is still reading the object; try again in a minute'),
    );
    expect(slept).toBe(20_000);
  });

  it.each([
    ['AccessDeniedException', 'showing samples is off in Macie, or not permitted'],
    ['ResourceNotFoundException', 'Macie has no such finding any more'],
    ['UnprocessableEntityException', 'Macie cannot show samples of this finding'],
  ])(
    'that Macie refuses are not available, without Macie’s own message: %s',
    async (name, because) => {
      const { client } = scripted({
        GetSensitiveDataOccurrencesAvailability: [macieError(name, `about ${card}`)],
      });

      expect(await gateSamples(client, async () => undefined).samplesOf('f1')).toEqual(
        none(because),
      );
    },
  );

  it('that Macie failed to read are not available', async () => {
    const { client } = scripted({
      GetSensitiveDataOccurrencesAvailability: [available],
      GetSensitiveDataOccurrences: [{ status: 'ERROR', error: `about ${card}` }],
    });

    expect(await gateSamples(client, async () => undefined).samplesOf('f1')).toEqual(
      none('Macie could not read the object again'),
    );
  });

  it.each([
    [
      ['OBJECT_UNAVAILABLE', 'ROLE_TOO_PERMISSIVE'],
      'the object was moved, replaced or deleted since; ROLE_TOO_PERMISSIVE',
    ],
    [[], 'Macie gives no reason'],
  ])('that are unavailable say why: %j', async (reasons, because) => {
    const { client, calls } = scripted({
      GetSensitiveDataOccurrencesAvailability: [{ code: 'UNAVAILABLE', reasons }],
    });

    expect(await gateSamples(client, async () => undefined).samplesOf('f1')).toEqual(none(because));
    expect(calls).toHaveLength(1);
  });

  it('throw where trying again may help', async () => {
    const { client } = scripted({
      GetSensitiveDataOccurrencesAvailability: [macieError('ThrottlingException')],
    });

    await expect(gateSamples(client, async () => undefined).samplesOf('f1')).rejects.toThrow(
      'Throttling',
    );
  });
});

it('a count of what a filter would have hidden stops at a thousand, and leaves out what is hidden already', async () => {
  const findingIds = Array.from({ length: 50 }, (_, at) => `f${at}`);
  const { client, calls } = scripted({ ListFindings: [{ findingIds, nextToken: 'more' }] });
  const identifiers = gateIdentifiers(client, () => new Date('2026-11-02T09:00:00Z'));

  expect(await identifiers.hiddenBy({})).toEqual({ count: 1000, more: true });
  expect(calls).toHaveLength(20);
  const others = { archived: { eq: ['false'] }, sample: { eq: ['false'] } };
  expect(calls[0]?.input).toMatchObject({ findingCriteria: { criterion: others } });
});
