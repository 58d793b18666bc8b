import type { ClassificationResult, Occurrences } from '@aws-sdk/client-macie2';
import type { Wire } from '../http/call';
import type { Detection } from './detect/detector';
import { managedIdentifiers, type ManagedIdentifier } from './detect/managed';
import type { Outcome } from './documents/read';
import type { Place } from './documents/unit';
import { countOf, customScore, managedScore, type Score } from './severity';
import type { CustomIdentifier } from './state';

export interface Scanned {
  outcome: Outcome;
  mimeType: string;
  sizeClassified: number;
  managed: { identifier: ManagedIdentifier; detection: Detection }[];
  custom: { identifier: CustomIdentifier; detection: Detection }[];
}

/** Splits what the detector found; custom ones below their lowest threshold do not count. */
export function sortOut(
  detections: Detection[],
  customs: CustomIdentifier[],
): Pick<Scanned, 'managed' | 'custom'> {
  const result: Pick<Scanned, 'managed' | 'custom'> = { managed: [], custom: [] };
  for (const detection of detections) {
    const { id } = detection.identifier;
    const managed = managedIdentifiers.find((each) => each.id === id);
    const custom = customs.find((each) => each.id === id);
    if (managed) result.managed.push({ identifier: managed, detection });
    else if (custom && customScore(custom, detection.count) !== undefined) {
      result.custom.push({ identifier: custom, detection });
    }
  }
  return result;
}

// A document has places of one kind only; the other lists are left out.
function occurrences(places: Place[]): Wire<Occurrences> {
  const cells = places.flatMap((place) =>
    place.kind === 'cell'
      ? [{ column: place.column, columnName: place.columnName, row: place.row }]
      : [],
  );
  const lineRanges = places.flatMap((place) =>
    place.kind === 'line' ? [{ start: place.line, end: place.line, startColumn: 1 }] : [],
  );
  const records = places.flatMap((place) =>
    place.kind === 'record' ? [{ jsonPath: place.jsonPath, recordIndex: place.recordIndex }] : [],
  );
  return {
    ...(cells.length > 0 ? { cells } : {}),
    ...(lineRanges.length > 0 ? { lineRanges } : {}),
    ...(records.length > 0 ? { records } : {}),
  };
}

/** A finding locates 15 occurrences of a type, a discovery result 1,000. */
export function classificationResult(scanned: Scanned, most: number): Wire<ClassificationResult> {
  const { managed, custom, outcome } = scanned;
  const everything = [...managed, ...custom].map(({ detection }) => detection);
  const categories = [...new Set(managed.map(({ identifier }) => identifier.category))];
  return {
    status: { code: outcome.code, ...(outcome.reason ? { reason: outcome.reason } : {}) },
    mimeType: scanned.mimeType,
    sizeClassified: scanned.sizeClassified,
    additionalOccurrences: everything.some(({ more, places }) => more || places.length > most),
    sensitiveData: categories.map((category) => {
      const mine = managed.filter(({ identifier }) => identifier.category === category);
      return {
        category,
        totalCount: countOf(mine.map(({ detection }) => detection)),
        detections: mine.map(({ identifier, detection }) => ({
          type: identifier.id,
          count: detection.count,
          occurrences: occurrences(detection.places.slice(0, most)),
        })),
      };
    }),
    customDataIdentifiers: {
      totalCount: countOf(custom.map(({ detection }) => detection)),
      detections: custom.map(({ identifier, detection }) => ({
        // The real findings carry the bare id here, not an ARN.
        arn: identifier.id,
        name: identifier.name,
        count: detection.count,
        occurrences: occurrences(detection.places.slice(0, most)),
      })),
    },
  };
}

/** The gravest of all detections. */
export function scoreOf({ managed, custom }: Scanned): Score {
  const scores = [
    ...managed.map(({ identifier, detection }) =>
      managedScore(identifier.category, detection.count),
    ),
    ...custom.map(({ identifier, detection }) => customScore(identifier, detection.count) ?? 1),
  ];
  return Math.max(1, ...scores) as Score;
}
