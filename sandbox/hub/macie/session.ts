import type { GetMacieSessionCommandOutput } from '@aws-sdk/client-macie2';
import { z } from 'zod';
import type { Answer, Call, Done } from '../http/call';
import { Fault } from '../http/fault';
import { parse } from '../http/parse';
import { requireMacie } from './state';

const EnableRequest = z.object({
  findingPublishingFrequency: z
    .enum(['FIFTEEN_MINUTES', 'ONE_HOUR', 'SIX_HOURS'])
    .default('SIX_HOURS'),
  status: z.enum(['PAUSED', 'ENABLED']).default('ENABLED'),
});

/** A second time is a conflict: what breaks templates that do not ask first. */
export function enableMacie(call: Call): Done {
  const request = parse(EnableRequest, call.body, 'ValidationException');
  const macie = call.world.macie.of(call);
  if (macie.session) throw new Fault('ConflictException', 'Macie has already been enabled');
  const at = call.world.now().toISOString();
  macie.session = {
    status: request.status,
    frequency: request.findingPublishingFrequency,
    createdAt: at,
    updatedAt: at,
  };
  return {};
}

export function getMacieSession(call: Call): Answer<GetMacieSessionCommandOutput> {
  const { session, account } = requireMacie(call);
  const role = 'aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie';
  return {
    createdAt: session?.createdAt,
    updatedAt: session?.updatedAt,
    findingPublishingFrequency: session?.frequency,
    serviceRole: `arn:aws:iam::${account}:role/${role}`,
    status: session?.status,
  };
}
