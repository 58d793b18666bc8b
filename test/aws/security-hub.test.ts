import {
  BatchImportFindingsCommand,
  EnableSecurityHubCommand,
  EnableSecurityHubV2Command,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { securityHub } from '../../src/aws/security-hub';
import type { Finding } from '../../src/domain/finding';
import { read } from '../../src/findings';
import { asff } from '../sandbox/hub/support/asff';
import { bench, type Bench } from '../sandbox/hub/support/hub';
import { aFinding } from '../support/builders';

const open = ['new', 'notified'] as const;
const isListed = (value: unknown): value is { findings: Finding[] } =>
  typeof value === 'object' && value !== null && 'findings' in value;

describe.each(['Security Hub Findings - Imported', 'Findings Imported V2'])(
  'a finding told as “%s”',
  (form) => {
    let world: Bench;
    let client: SecurityHubClient;
    const now = () => world.hub.findings()[0];
    /** The finding as the newest event of this form tells it. */
    const told = async (): Promise<Finding> => {
      await world.hub.settled();
      const event = world.events.filter((each) => each['detail-type'] === form).at(-1);
      const reading = read(event);
      if (!isListed(reading) || !reading.findings[0]) throw new Error('no finding');
      return reading.findings[0];
    };

    beforeEach(async () => {
      world = await bench();
      client = world.securityHub();
      await client.send(new EnableSecurityHubCommand({}));
      await client.send(new EnableSecurityHubV2Command({}));
      await client.send(new BatchImportFindingsCommand({ Findings: [asff()] }));
    });
    afterEach(() => world.close());

    it.each([
      ['notified', 'NOTIFIED'],
      ['suppressed', 'SUPPRESSED'],
      ['resolved', 'RESOLVED'],
      ['new', 'NEW'],
    ] as const)('becomes %s there, and comes back as that', async (workflow, Status) => {
      const source = securityHub(client);

      expect(await source.write(await told(), { workflow, note: 'because' })).toBe('written');

      expect(now()?.Workflow).toEqual({ Status });
      expect((await told()).workflow).toBe(workflow);
    });

    it('stays as somebody set it in between', async () => {
      const source = securityHub(client);
      const seen = await told();
      await source.write(seen, { workflow: 'suppressed', note: 'by a person' });

      const answer = await source.write(seen, { workflow: 'resolved', note: 'ours', from: open });

      expect(answer).toEqual({ stands: 'suppressed' });
      expect(now()?.Workflow?.Status).toBe('SUPPRESSED');
    });

    it('is written where it still stands as expected', async () => {
      const wish = { workflow: 'resolved', note: 'ours', from: open } as const;
      expect(await securityHub(client).write(await told(), wish)).toBe('written');
      expect(now()?.Workflow?.Status).toBe('RESOLVED');
    });

    it('is not written once Security Hub has forgotten it', async () => {
      const wish = { workflow: 'resolved', note: 'ours', from: open } as const;
      const forgotten = { ...(await told()), id: 'forgotten' };
      expect(await securityHub(client).write(forgotten, wish)).toBe('unsupported');
    });
  },
);

it('the note of a write names us, and is kept beside the finding', async () => {
  const world = await bench();
  const client = world.securityHub();
  await client.send(new EnableSecurityHubCommand({}));
  await client.send(new BatchImportFindingsCommand({ Findings: [asff()] }));
  const { Id = '', ProductArn = '' } = asff();
  const finding = aFinding({ id: Id, productArn: ProductArn });

  await securityHub(client).write(finding, { workflow: 'suppressed', note: 'a test system' });

  expect(world.hub.findings()[0]?.Note).toMatchObject({
    Text: 'a test system',
    UpdatedBy: 'drawbridge',
  });
  await world.close();
});

describe('what Security Hub does not take', () => {
  const answering = (answer: object): SecurityHubClient =>
    ({ send: () => Promise.resolve(answer) }) as never;
  const write = (client: SecurityHubClient, more: Partial<Finding> = {}) =>
    securityHub(client).write({ ...aFinding(), ...more }, { workflow: 'resolved', note: 'x' });
  const refusing = (ErrorCode: string) =>
    answering({ UnprocessedFindings: [{ ErrorCode, ErrorMessage: 'try later' }] });

  it.each(['ConcurrentUpdateError', 'InternalFailure', 'InvalidInput'])(
    'is an error, so that it is tried again: %s',
    async (code) => {
      await expect(write(refusing(code))).rejects.toThrow(`did not take the update: ${code}`);
    },
  );

  it('by throttling is the SDK’s to try again, and then an error', async () => {
    const error = Object.assign(new Error('Rate exceeded'), { name: 'TooManyRequestsException' });
    const client = { send: () => Promise.reject(error) } as never;
    await expect(write(client)).rejects.toBe(error);
  });

  it('is nothing where the finding is not of Security Hub', async () => {
    const never = { send: () => Promise.reject(new Error('called')) } as never;
    expect(await write(never, { source: 'guardduty' })).toBe('unsupported');
    const { productArn: _, ...nameless } = aFinding();
    expect(await securityHub(never).write(nameless, { workflow: 'resolved', note: 'x' })).toBe(
      'unsupported',
    );
  });

  it('is not written over while it cannot be read (law 10)', async () => {
    const sent: object[] = [];
    const client = {
      send: (command: object) => {
        sent.push(command);
        return Promise.reject(new Error('AccessDenied'));
      },
    } as never;
    const wish = { workflow: 'resolved', note: 'x', from: open } as const;
    await expect(securityHub(client).write(aFinding(), wish)).rejects.toThrow('AccessDenied');
    expect(sent).toHaveLength(1);
  });

  it.each([
    [4, 'resolved'],
    [5, 'resolved'],
    [3, 'suppressed'],
  ])('is over in OCSF with status %i', async (status_id, stands) => {
    const client = answering({ Findings: [{ status_id }] });
    const wish = { workflow: 'notified', note: 'x', from: open } as const;
    const finding = { ...aFinding(), source: 'security-hub-v2' } as const;
    expect(await securityHub(client).write(finding, wish)).toEqual({ stands });
  });
});
