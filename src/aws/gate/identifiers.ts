import {
  CreateAllowListCommand,
  CreateFindingsFilterCommand,
  ListFindingsCommand,
  TestCustomDataIdentifierCommand,
  type CriterionAdditionalProperties,
  type Macie2Client,
} from '@aws-sdk/client-macie2';
import type { FindingsCriteria, GateIdentifiers, Made } from '../../app/gate/lookers';
import { failureOf } from './refusals';

const perPage = 50;
/** More than this is not counted: the answer is for a person who waits. */
const mostCounted = 1000;
const aMonth = 30 * 24 * 60 * 60 * 1000;

const refusals = /^(ValidationException|ConflictException|ServiceQuotaExceededException)$/;

const unlessRefused = async <T>(
  ask: () => Promise<T>,
): Promise<T | { kind: 'refused'; because: string }> => {
  try {
    return await ask();
  } catch (error) {
    const { name, message } = failureOf(error);
    if (!refusals.test(name)) throw error;
    return { kind: 'refused', because: message.slice(0, 300) };
  }
};

const madeAs = (id: string | undefined): Made => {
  if (!id) throw new Error('Macie gave no id');
  return { kind: 'made', id };
};

const criterionOf = (criteria: FindingsCriteria): Record<string, CriterionAdditionalProperties> =>
  Object.fromEntries(
    Object.entries(criteria).map(([field, { eq, neq }]) => [
      field,
      { ...(eq && { eq: [...eq] }), ...(neq && { neq: [...neq] }) },
    ]),
  );

export const gateIdentifiers = (macie: Macie2Client, now: () => Date): GateIdentifiers => ({
  testIdentifier: ({ regex, keywords, ignoreWords, distance }, sampleText) =>
    unlessRefused(async () => {
      const { matchCount = 0 } = await macie.send(
        new TestCustomDataIdentifierCommand({
          regex,
          keywords: [...keywords],
          ignoreWords: [...ignoreWords],
          sampleText,
          ...(distance !== undefined && { maximumMatchDistance: distance }),
        }),
      );
      return { kind: 'matches', count: matchCount };
    }),
  createAllowList: ({ name, description, regex }, clientToken) =>
    unlessRefused(async () => {
      const { id } = await macie.send(
        new CreateAllowListCommand({ name, description, criteria: { regex }, clientToken }),
      );
      return madeAs(id);
    }),
  createFindingsFilter: ({ name, description, criteria }, clientToken) =>
    unlessRefused(async () => {
      const { id } = await macie.send(
        new CreateFindingsFilterCommand({
          name,
          description,
          action: 'ARCHIVE',
          findingCriteria: { criterion: criterionOf(criteria) },
          clientToken,
        }),
      );
      return madeAs(id);
    }),
  async hiddenBy(criteria) {
    const since = now().getTime() - aMonth;
    const criterion = {
      ...criterionOf(criteria),
      createdAt: { gte: since },
      archived: { eq: ['false'] },
      sample: { eq: ['false'] },
    };
    let count = 0;
    let nextToken: string | undefined;
    do {
      const page = await macie.send(
        new ListFindingsCommand({
          findingCriteria: { criterion },
          sortCriteria: { attributeName: 'createdAt', orderBy: 'ASC' },
          maxResults: perPage,
          ...(nextToken && { nextToken }),
        }),
      );
      count += page.findingIds?.length ?? 0;
      nextToken = page.nextToken;
    } while (nextToken && count < mostCounted);
    return { count, more: nextToken !== undefined };
  },
});
