import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { botAccount, samplesOf } from '../sandbox/estate';
import { asAccount } from '../sandbox/stack';
import type { World } from '../sandbox/world';

const batch = 10;

/** Sends distinct low-severity findings to the queue and waits until each is stored. */
export const intakeRate = async (
  world: World,
  findings: number,
): Promise<{ findings: number; seconds: number }> => {
  const sqs = new SQSClient({
    ...asAccount(world.edge.url, botAccount),
    useQueueUrlAsEndpoint: false,
  });
  const QueueUrl = world.deployment.outputs['FindingsQueueUrl'];
  const bodies = eventsLike(world, findings);
  const stored = () =>
    world.edge
      .calls({ function: 'drawbridge-findings', service: 'dynamodb', action: 'TransactWriteItems' })
      .filter(({ error }) => !error).length;
  const already = stored();
  const began = Date.now();
  for (let from = 0; from < bodies.length; from += batch) {
    const Entries = bodies
      .slice(from, from + batch)
      .map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
  while (stored() - already < findings) {
    if (Date.now() - began > 120_000)
      throw new Error(`${stored() - already} of ${findings} findings were stored`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { findings, seconds: (Date.now() - began) / 1000 };
};

const eventsLike = (world: World, count: number): string[] => {
  const { estate } = world;
  const sample =
    estate && samplesOf(estate, new Date()).find(({ event }) => event.source === 'aws.securityhub');
  if (!sample) throw new Error('there is no Security Hub sample to copy');
  const [finding] = (sample.event.detail as { findings: object[] }).findings;
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      ...sample.event,
      id: randomUUID(),
      // Low ones are announced elsewhere and do not crowd the channel of the other measurements.
      detail: { findings: [{ ...finding, Id: `bench-${index}`, Severity: { Label: 'LOW' } }] },
    }),
  );
};
