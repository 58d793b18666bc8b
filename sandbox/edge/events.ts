import type { ServiceEvent } from './types';

interface PutEventsAnswer {
  readonly FailedEntryCount?: number;
  readonly Entries?: readonly { ErrorCode?: string; ErrorMessage?: string }[];
}

/**
 * Puts an event of an AWS service (source `aws.…`) on the default bus, which no customer may do:
 * the marker is what MiniStack's launcher lets through.
 */
export const emitServiceEvent = async (
  ministack: string,
  account: string,
  event: ServiceEvent,
): Promise<void> => {
  const region = event.region ?? 'us-east-1';
  const response = await fetch(ministack, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSEvents.PutEvents',
      authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/events/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({
      Entries: [
        {
          Source: event.source,
          DetailType: event['detail-type'],
          Detail: JSON.stringify(event.detail),
          Resources: event.resources ?? [],
          TraceHeader: 'sandbox-service',
          ...(event.time ? { Time: Date.parse(event.time) / 1000 } : {}),
        },
      ],
    }),
  });
  const answer = (await response.json()) as PutEventsAnswer;
  if (!response.ok || answer.FailedEntryCount) {
    const { ErrorCode, ErrorMessage } = answer.Entries?.[0] ?? {};
    throw new Error(
      `EventBridge refused ${event.source}: ${ErrorCode ?? response.status} ${ErrorMessage ?? ''}`,
    );
  }
};
