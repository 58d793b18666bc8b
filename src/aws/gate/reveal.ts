import {
  GetSensitiveDataOccurrencesAvailabilityCommand,
  GetSensitiveDataOccurrencesCommand,
  type GetSensitiveDataOccurrencesCommandOutput,
  type Macie2Client,
  type UnavailabilityReasonCode,
} from '@aws-sdk/client-macie2';
import type { GateSamples, Samples } from '../../app/gate/lookers';
import { masked } from '../../domain/gate/mask';
import { failureOf } from './refusals';

const looks = 10;
const pause = 2000;

const words: Partial<Record<UnavailabilityReasonCode, string>> = {
  OBJECT_UNAVAILABLE: 'the object was moved, replaced or deleted since',
  OBJECT_EXCEEDS_SIZE_QUOTA: 'the object is too large',
  UNSUPPORTED_OBJECT_TYPE: 'Macie shows no samples of this kind of file',
  UNSUPPORTED_FINDING_TYPE: 'Macie shows no samples of this kind of finding',
  INVALID_CLASSIFICATION_RESULT: 'there is no discovery result of it',
};

const none = (because: string): Samples => ({ kind: 'not available', because });

type Revealed = GetSensitiveDataOccurrencesCommandOutput['sensitiveDataOccurrences'];

/** Plain values end here. */
const maskedOf = (revealed: Revealed = {}): Samples => ({
  kind: 'shown',
  samples: Object.entries(revealed).map(([type, found]) => ({
    type,
    masked: found.map(({ value = '' }) => masked(value)),
  })),
});

export const gateSamples = (
  macie: Macie2Client,
  sleep: (milliseconds: number) => Promise<void>,
): GateSamples => {
  const ask = async (findingId: string): Promise<Samples> => {
    const { code, reasons = [] } = await macie.send(
      new GetSensitiveDataOccurrencesAvailabilityCommand({ findingId }),
    );
    if (code !== 'AVAILABLE')
      return none(reasons.map((each) => words[each] ?? each).join('; ') || 'Macie gives no reason');
    for (let look = 1; look <= looks; look += 1) {
      const { status, sensitiveDataOccurrences } = await macie.send(
        new GetSensitiveDataOccurrencesCommand({ findingId }),
      );
      if (status === 'SUCCESS') return maskedOf(sensitiveDataOccurrences);
      if (status !== 'PROCESSING') return none('Macie could not read the object again');
      await sleep(pause);
    }
    return none('Macie is still reading the object; try again in a minute');
  };
  return {
    async samplesOf(finding) {
      try {
        return await ask(finding);
      } catch (error) {
        const { name } = failureOf(error);
        // Never Macie's message: nobody knows what it quotes.
        if (name === 'AccessDeniedException')
          return none('showing samples is off in Macie, or not permitted');
        if (name === 'ResourceNotFoundException') return none('Macie has no such finding any more');
        if (name === 'UnprocessableEntityException')
          return none('Macie cannot show samples of this finding');
        throw error;
      }
    },
  };
};
