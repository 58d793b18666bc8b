import {
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Message, Renewed } from '../domain/message';

export interface Outbox {
  send(channel: string, message: Message): Promise<void>;
  /** Lets a received message come back after so many seconds. */
  later(receiptHandle: string, seconds: number): Promise<void>;
}

/** One FIFO group per channel: order within a channel, no channel waits for another. */
export const outboxOn = (sqs: SQSClient, QueueUrl: string): Outbox => ({
  async send(channel, message) {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageGroupId: channel,
        MessageDeduplicationId: idOf(message),
        MessageBody: JSON.stringify(message),
      }),
    );
  },
  async later(ReceiptHandle, seconds) {
    const VisibilityTimeout = Math.min(Math.max(Math.ceil(seconds), 1), 43_200);
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }),
    );
  },
});

/** SQS forgets it after five minutes; the outbox itself is safe against doubles. 128 of [A-Za-z0-9-_…] at most. */
const idOf = (message: Message): string => {
  switch (message.kind) {
    case 'card':
      return `card-${message.case}-${message.mark}`;
    case 'entry':
      return `entry-${message.case}-${message.seq}`;
    case 'group':
      return `group-${message.id}-${message.mark}`.replace(/[^\w-]/g, '_').slice(0, 128);
    case 'later':
      return `later-${nameOf(message.again)}-${message.at}`.replace(/[^\w-]/g, '_').slice(0, 128);
    case 'unread':
      return `unread-${message.id}`.replace(/[^\w-]/g, '_').slice(0, 128);
  }
};

const nameOf = (message: Renewed): string => (message.kind === 'card' ? message.case : message.id);
