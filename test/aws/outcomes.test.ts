import { SNSClient, type PublishCommandInput } from '@aws-sdk/client-sns';
import { outcomesOn } from '../../src/aws/outcomes';
import type { FindingKey } from '../../src/domain/ids';
import { Outcome } from '../../src/domain/outcome';
import { aTarget, findingKey, remediationId } from '../support/builders';

const anOutcome = (more: Partial<Outcome> = {}): Outcome =>
  Outcome.parse({
    schema: 'drawbridge.outcome/1',
    id: `${remediationId}/remediation.done/`,
    outcome: 'done',
    at: '2026-03-01T12:00:00.000Z',
    environment: 'test',
    by: { kind: 'drawbridge' },
    remediation: {
      id: remediationId,
      playbook: 'close-ec2-admin-ports',
      title: 'Close SSH and RDP to the internet',
      target: aTarget,
      requestedBy: { name: 'Rita' },
      requestedAt: '2026-03-01T11:00:00.000Z',
      reason: 'open',
      approvedBy: [],
    },
    audit: { case: findingKey, seq: 7, hash: 'a'.repeat(64), object: 's3://bucket/key' },
    slack: { team: 'T0TEST', channel: 'C0ALERTS', url: 'https://slack.com/app_redirect' },
    links: [],
    ...more,
  });

const published = async (outcome: Outcome): Promise<PublishCommandInput> => {
  const sns = new SNSClient({ region: 'us-east-1' });
  const sent: PublishCommandInput[] = [];
  sns.middlewareStack.add(
    () =>
      async ({ input }) => {
        sent.push(input as PublishCommandInput);
        return { output: { $metadata: {} }, response: undefined };
      },
    { step: 'initialize', priority: 'high' },
  );
  await outcomesOn(sns, 'arn:aws:sns:us-east-1:111122223333:outcomes').publish(outcome);
  return sent[0]!;
};

it('is the whole outcome as JSON, on the topic', async () => {
  const outcome = anOutcome();

  const { TopicArn, Message = '' } = await published(outcome);

  expect(TopicArn).toBe('arn:aws:sns:us-east-1:111122223333:outcomes');
  expect(Outcome.parse(JSON.parse(Message))).toEqual(outcome);
});

it('carries what receivers filter by, and nothing that is not known', async () => {
  const { MessageAttributes } = await published(anOutcome());

  expect(MessageAttributes).toEqual({
    outcome: { DataType: 'String', StringValue: 'done' },
    environment: { DataType: 'String', StringValue: 'test' },
    account: { DataType: 'String', StringValue: '111122223333' },
    playbook: { DataType: 'String', StringValue: 'close-ec2-admin-ports' },
  });
});

it('of a finding without a remediation carries the finding’s account and severity', async () => {
  const { remediation: _, ...rest } = anOutcome();
  const finding = {
    key: findingKey,
    id: 'arn:x',
    product: 'Security Hub',
    type: 'Checks',
    title: 'Port 22 is open',
    severity: 'high',
    account: '111122223333',
    receivedAt: '2026-03-01T11:00:00.000Z',
  } as const;

  const { MessageAttributes, Subject } = await published({
    ...rest,
    outcome: 'suppressed',
    finding: { ...finding, key: anOutcome().audit.case as string as FindingKey },
  });
  const bare = await published({ ...rest, outcome: 'reopened' });

  expect(MessageAttributes).toMatchObject({
    severity: { StringValue: 'high' },
    account: { StringValue: '111122223333' },
  });
  expect(Subject).toBe('Drawbridge test: suppressed - Port 22 is open');
  expect(Object.keys(bare.MessageAttributes ?? {})).toEqual(['outcome', 'environment']);
  expect(bare.Subject).toBe('Drawbridge test: reopened - finding');
});

it('has a subject that e-mail takes, whatever the words are', async () => {
  const { remediation } = anOutcome();
  const title = `“Fermer”\nBcc: all@example.com ${'x'.repeat(200)}`;

  const { Subject = '' } = await published(
    anOutcome({ environment: 'préprod', remediation: { ...remediation!, title } }),
  );

  expect(Subject).toMatch(/^Drawbridge pr\?prod: done - [\x20-\x7e]+$/);
  expect(Subject.length).toBeLessThanOrEqual(100);
});
