import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamHandler } from 'aws-lambda';
import { relayAll } from '../src/aws/relay';
import { relayDeps } from '../src/compose';

type Image = Parameters<typeof unmarshall>[0];

/** The table's stream → bucket and outbox. A failure is thrown: the stream gives the batch again. */
export const handler: DynamoDBStreamHandler = async ({ Records }) => {
  const stored = Records.flatMap(({ dynamodb, eventID = '' }) => {
    const image = dynamodb?.NewImage as Image | undefined;
    return image ? [{ item: itemOf(image), mark: dynamodb?.SequenceNumber ?? eventID }] : [];
  });
  await relayAll(relayDeps(), stored);
};

const itemOf = (image: Image) => {
  const { pk = '', sk = '', kind = '', ...rest } = unmarshall(image);
  return { ...rest, pk: String(pk), sk: String(sk), kind: String(kind) };
};
