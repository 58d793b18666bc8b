import type {
  GetRevealConfigurationCommandOutput,
  GetSensitiveDataOccurrencesAvailabilityCommandOutput,
  GetSensitiveDataOccurrencesCommandOutput,
  UnavailabilityReasonCode,
  UpdateRevealConfigurationCommandOutput,
} from '@aws-sdk/client-macie2';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { Answer, Call } from '../http/call';
import { Fault } from '../http/fault';
import { parse } from '../http/parse';
import { customIdentifier } from './detect/custom';
import { detector } from './detect/detector';
import { managedIdentifiers } from './detect/managed';
import { readDocument } from './documents/read';
import { openObject } from './objects';
import { found, requireMacie, type MacieFinding } from './state';

const UpdateRequest = z.object({
  configuration: z
    .object({ status: z.enum(['ENABLED', 'DISABLED']), kmsKeyId: z.string().optional() })
    .refine(({ status, kmsKeyId }) => status === 'DISABLED' || kmsKeyId !== undefined, {
      error: 'needs a kmsKeyId to be enabled',
    }),
});

export function updateRevealConfiguration(
  call: Call,
): Answer<UpdateRevealConfigurationCommandOutput> {
  const macie = requireMacie(call);
  macie.reveal = parse(UpdateRequest, call.body, 'ValidationException').configuration;
  return getRevealConfiguration(call);
}

export function getRevealConfiguration(call: Call): Answer<GetRevealConfigurationCommandOutput> {
  return {
    configuration: requireMacie(call).reveal,
    retrievalConfiguration: { retrievalMode: 'CALLER_CREDENTIALS' },
  };
}

/** Samples come from the object itself, so one that was moved or replaced since has none. */
async function problemsOf(call: Call, finding: MacieFinding): Promise<UnavailabilityReasonCode[]> {
  if (finding.category !== 'CLASSIFICATION' || finding.sample) return ['UNSUPPORTED_FINDING_TYPE'];
  if (!requireMacie(call).export.s3Destination) return ['INVALID_CLASSIFICATION_RESULT'];
  const { s3Bucket, s3Object } = finding.resourcesAffected ?? {};
  const at = { Bucket: s3Bucket?.name, Key: s3Object?.key };
  try {
    const { ETag = '' } = await call.world.s3.send(new HeadObjectCommand(at));
    return ETag.replaceAll('"', '') === s3Object?.eTag ? [] : ['OBJECT_UNAVAILABLE'];
  } catch {
    return ['OBJECT_UNAVAILABLE'];
  }
}

function revealable(call: Call): MacieFinding {
  const macie = requireMacie(call);
  if (macie.reveal.status !== 'ENABLED') {
    throw new Fault('AccessDeniedException', 'Revealing sensitive data samples is not enabled');
  }
  return found(macie.findings, call.params['findingId']);
}

export async function getSensitiveDataOccurrencesAvailability(
  call: Call,
): Promise<Answer<GetSensitiveDataOccurrencesAvailabilityCommandOutput>> {
  const reasons = await problemsOf(call, revealable(call));
  return { code: reasons.length === 0 ? 'AVAILABLE' : 'UNAVAILABLE', reasons };
}

// Read again from the object: the service keeps no sensitive values of its own.
async function samplesOf(call: Call, finding: MacieFinding) {
  const { customDataIdentifiers, sensitiveData } = finding.classificationDetails?.result ?? {};
  const types = (sensitiveData ?? []).flatMap(({ detections = [] }) =>
    detections.map(({ type }) => type),
  );
  const customs = (customDataIdentifiers?.detections ?? []).map(({ arn }) =>
    found(requireMacie(call).identifiers, arn),
  );
  const wanted = [
    ...managedIdentifiers.filter(({ id }) => types.includes(id)),
    ...customs.map(customIdentifier),
  ];
  const search = detector(wanted, () => false, true);
  const { s3Bucket, s3Object } = finding.resourcesAffected ?? {};
  const summary = { key: s3Object?.key ?? '', size: 0, lastModified: new Date(0) };
  const located = { ...summary, storageClass: 'STANDARD' };
  const object = await openObject(call.world.s3, s3Bucket?.name ?? '', located);
  await readDocument(object.key, object.body, search.take);
  const nameOf = (id: string): string => customs.find((each) => each.id === id)?.name ?? id;
  return Object.fromEntries(
    [...search.samples()].map(([id, values]) => [nameOf(id), values.map((value) => ({ value }))]),
  );
}

/** PROCESSING at first, then up to 10 plain values per type: never to be logged or stored. */
export async function getSensitiveDataOccurrences(
  call: Call,
): Promise<Answer<GetSensitiveDataOccurrencesCommandOutput>> {
  const finding = revealable(call);
  const reasons = await problemsOf(call, finding);
  if (reasons.length > 0) {
    throw new Fault('UnprocessableEntityException', `Samples are unavailable: ${reasons.join()}`);
  }
  const { revealed } = requireMacie(call);
  if (!revealed.has(finding.id ?? '')) {
    revealed.add(finding.id ?? '');
    return { status: 'PROCESSING' };
  }
  return { status: 'SUCCESS', sensitiveDataOccurrences: await samplesOf(call, finding) };
}
