import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamHandler } from 'aws-lambda';
import { relay } from '../src/aws/relay';
import { relayDeps } from '../src/compose';

type Image = Parameters<typeof unmarshall>[0];

/** The table's stream → bucket and outbox, in order. A failure is thrown: the stream gives the batch again. */
export const handler: DynamoDBStreamHandler = async ({ Records }) => {
  for (const { dynamodb, eventID = '' } of Records) {
    const image = dynamodb?.NewImage as Image | undefined;
    if (image) await relay(relayDeps(), itemOf(image), dynamodb?.SequenceNumber ?? eventID);
  }
};

const itemOf = (image: Image) => {
  const { pk = '', sk = '', kind = '', ...rest } = unmarshall(image);
  return { ...rest, pk: String(pk), sk: String(sk), kind: String(kind) };
};
