import { added } from '../../domain/gate/judge';
import type { Detected, GateSeverity } from '../../domain/gate/verdict';

type Maybe<T> = T | null | undefined;

/** What Macie found in one object, as findings and discovery results both say it. */
export interface Result {
  sensitiveData?: Maybe<
    readonly {
      category?: Maybe<string>;
      totalCount?: Maybe<number>;
      detections?: Maybe<readonly { type?: Maybe<string>; count?: Maybe<number> }[]>;
    }[]
  >;
  customDataIdentifiers?: Maybe<{
    totalCount?: Maybe<number>;
    detections?: Maybe<
      readonly { arn?: Maybe<string>; name?: Maybe<string>; count?: Maybe<number> }[]
    >;
  }>;
}

const most = 20;

/** A kind that is counted without details is still found: nothing of it may look like nothing. */
const orCount = (
  of: readonly Detected[],
  type: string,
  count: Maybe<number>,
): readonly Detected[] => (of.length > 0 || !count ? of : [{ type, count }]);

export const detectedIn = ({ sensitiveData, customDataIdentifiers }: Result): Detected[] => {
  const managed = (sensitiveData ?? []).flatMap(({ category, totalCount, detections }) =>
    orCount(
      (detections ?? []).map(({ type, count }) => ({
        type: type ?? category ?? 'unknown',
        count: count ?? 1,
      })),
      category ?? 'unknown',
      totalCount,
    ),
  );
  const custom = orCount(
    (customDataIdentifiers?.detections ?? []).map(({ arn, name, count }) => ({
      type: name ?? arn ?? 'custom identifier',
      count: count ?? 1,
    })),
    'custom identifier',
    customDataIdentifiers?.totalCount,
  );
  return added([managed, custom]).slice(0, most);
};

/** Macie's words, or its score from 1 to 3. What nobody knows is grave. */
export const severityOf = (
  said: Maybe<{ description?: Maybe<string>; score?: Maybe<number> }>,
): GateSeverity => {
  const word = said?.description?.toLowerCase();
  if (word === 'low' || word === 'medium' || word === 'high') return word;
  if (said?.score === 1) return 'low';
  return said?.score === 2 ? 'medium' : 'high';
};
