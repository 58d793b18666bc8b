import type { AttributeValue, DynamoDBRecord, SQSRecord } from 'aws-lambda';
import { handler as findings } from '../../handlers/findings';
import { handler as housekeeping } from '../../handlers/housekeeping';
import { handler as outbox } from '../../handlers/outbox';
import { handler as relay } from '../../handlers/relay';
import { handler as remediation } from '../../handlers/remediation';
import { aPolicy, aProposal, aRemediation, hour, remediationId } from '../support/builders';
import { aWorld, type World } from '../support/world';
import { anOutbox, card, type Outbox } from '../slack/support/outbox';
import { context } from '../slack/support/requests';

const mockDeps: {
  world?: World;
  outbox?: Outbox;
  relayed: unknown[];
} = { relayed: [] };
const mockWorld = () => {
  if (!mockDeps.world) throw new Error('no world');
  return mockDeps.world;
};

jest.mock('../../src/compose', () => ({
  logger: { info: () => {}, error: () => {}, appendKeys: () => {} },
  intakeDeps: () => mockWorld().door,
  housekeepingDeps: () => ({
    ...mockWorld().deps,
    groups: { due: () => Promise.resolve([]), settle: () => Promise.resolve() },
  }),
  remediationDeps: () => Promise.resolve(mockWorld().deps),
  outboxDeps: () =>
    Promise.resolve({ ...mockDeps.outbox?.deps, outbox: { later: () => Promise.resolve() } }),
  relayDeps: () => ({
    store: mockWorld().held,
    workflow: mockWorld().workflow,
    policy: aPolicy(),
    archive: { keep: () => Promise.resolve() },
    count: () => Promise.resolve(),
    publish: () => Promise.resolve(),
    outbox: {
      send: (channel: string, message: object) =>
        Promise.resolve(void mockDeps.relayed.push({ channel, ...message })),
    },
  }),
}));

beforeEach(async () => {
  mockDeps.world = await aWorld();
  mockDeps.relayed = [];
});

const record = (body: string, more: Partial<SQSRecord> = {}): SQSRecord => ({
  messageId: 'message-1',
  receiptHandle: 'receipt-1',
  body,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: 'x',
    ApproximateFirstReceiveTimestamp: '0',
    MessageGroupId: 'C0ALERTS',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:queue',
  awsRegion: 'eu-west-1',
  ...more,
});

describe('the findings function', () => {
  it('keeps an event that cannot be read, and takes the rest of the batch', async () => {
    const unreadable = JSON.stringify({
      source: 'aws.securityhub',
      'detail-type': 'Security Hub Findings - Imported',
      detail: { findings: 'none' },
    });
    const answer = await findings({ Records: [record(unreadable)] }, context, () => {});
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(mockWorld().held.held.unread.size).toBe(1);
  });

  it('gives back only what failed', async () => {
    jest
      .spyOn(mockWorld().held, 'keepUnread')
      .mockImplementation((_, __, raw) =>
        raw === 'worse' ? Promise.reject(new Error('table down')) : Promise.resolve(),
      );
    const records = [record('worse', { messageId: 'bad' }), record('{', { messageId: 'kept' })];
    const answer = await findings({ Records: records }, context, () => {});
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
  });
});

describe('the housekeeping function', () => {
  const due = async (ids: readonly string[]) => {
    const { held, clock } = mockWorld();
    for (const id of ids) {
      const known = aRemediation({
        id: id as typeof remediationId,
        proposal: aProposal(),
        status: { state: 'awaiting approval' },
      });
      await held.commit({ remediation: known, events: [] });
      held.held.due.set(known.id, '2026-03-01T16:00:00.000Z');
    }
    clock.pass(5 * hour);
  };

  it('settles what is due', async () => {
    await due([remediationId]);
    await housekeeping();
    expect((await mockWorld().stored(remediationId)).status.state).toBe('expired');
  });

  it('settles the others where one fails, and fails so that the alarm hears of it', async () => {
    const other = 'rem-00000000000000000002';
    await due([remediationId, other]);
    const { held } = mockWorld();
    const commit = held.commit.bind(held);
    held.commit = (change) =>
      change.remediation?.id === remediationId
        ? Promise.reject(new Error('table down'))
        : commit(change);
    await expect(housekeeping()).rejects.toThrow('some that were due failed');
    expect((await mockWorld().stored(other as typeof remediationId)).status.state).toBe('expired');
  });
});

describe('the outbox function', () => {
  it('delivers a batch and gives back what Slack did not take', async () => {
    mockDeps.outbox = await anOutbox();
    const { slack } = mockDeps.outbox;
    const batch = { Records: [record(JSON.stringify(card))] };
    expect(await outbox(batch, context, () => {})).toEqual({ batchItemFailures: [] });
    expect(slack.roots('C0ALERTS')).toHaveLength(1);
    slack.failing.set('C0LOW', () => new Error('Slack is down'));
    const unread = record(JSON.stringify({ kind: 'unread', id: 'x', because: 'y' }));
    expect(await outbox({ Records: [unread] }, context, () => {})).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-1' }],
    });
  });
});

describe('the remediation function', () => {
  it('runs one task and answers with what the workflow chooses by', async () => {
    await mockWorld().held.commit({ remediation: aRemediation(), events: [] });
    const answer = await remediation({ task: 'prepare', id: remediationId }, context);
    expect(answer).toEqual({ next: 'ask' });
  });

  it('refuses what is no task', async () => {
    await expect(remediation({ task: 'destroy' }, context)).rejects.toThrow(/task/);
  });
});

describe('the relay function', () => {
  const stream = (image: Record<string, AttributeValue> | undefined, more: object = {}) => ({
    Records: [
      {
        eventID: 'event-1',
        dynamodb: { ...(image && { NewImage: image }), ...more },
      } satisfies DynamoDBRecord,
    ],
  });
  const image = {
    pk: { S: 'FINDING#0123456789abcdef0123456789abcdef' },
    sk: { S: 'RECORD' },
    kind: { S: 'finding' },
  };

  it('has a changed finding shown, marked by the place of the change in the stream', async () => {
    await relay(stream(image, { SequenceNumber: '42' }), context, () => {});
    expect(mockDeps.relayed).toMatchObject([{ channel: 'C0ALERTS', kind: 'card', mark: '42' }]);
  });

  it('marks it by the event where there is no place', async () => {
    await relay(stream(image), context, () => {});
    expect(mockDeps.relayed).toMatchObject([{ mark: 'event-1' }]);
  });

  it('passes over what was deleted and what it does not know', async () => {
    await relay(stream(undefined), context, () => {});
    await relay(stream({ pk: { S: 'NONCE#x' } }), context, () => {});
    expect(mockDeps.relayed).toEqual([]);
  });
});
