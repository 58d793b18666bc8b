import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { bolt, enter, logger, nonces } from '../src/compose';

type Bolt = Awaited<ReturnType<typeof bolt>>;
let built: { of: string; receiver: Promise<Bolt> } | undefined;
let reference = '';

/** HTTP API → guard → Bolt. Answers 200 with words for people, and a bare status for whoever is not Slack. */
export const handler = async (event: APIGatewayProxyEventV2, context: Context) => {
  reference = context.awsRequestId;
  const { known, guarded } = await enter()(event);
  if (!guarded.ok) {
    logger.warn('request refused', { because: guarded.because, status: guarded.status });
    return { statusCode: guarded.status, body: '' };
  }
  if (!(await nonces().take(guarded.signature))) return { statusCode: 401, body: '' };
  const of = JSON.stringify(known);
  if (built?.of !== of) built = { of, receiver: bolt(known, () => reference) };
  const receiver = await built.receiver;
  const { headers, body } = guarded;
  return receiver({ ...event, headers, body, isBase64Encoded: false }, context);
};
