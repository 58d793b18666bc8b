import type { Place, Unit } from '../documents/unit';
import { matchesIn, type Identifier } from './identifier';

// What a discovery result may locate per type.
const mostPlaces = 1000;
// What the reveal call may show per type.
const mostSamples = 10;

export interface Detection {
  identifier: Identifier;
  count: number;
  places: Place[];
  /** Whether matches were left out of `places`. */
  more: boolean;
}

export interface Detector {
  take: (unit: Unit) => void;
  detections: () => Detection[];
  /** The matched text itself, only where the caller asked to keep it. */
  samples: () => Map<string, string[]>;
}

/** Counts everything, but keeps places and samples only up to a bound, so that memory does not follow the data. */
export function detector(
  identifiers: Identifier[],
  allowed: (text: string) => boolean,
  keepSamples = false,
): Detector {
  const found = new Map<string, Detection>();
  const samples = new Map<string, string[]>();
  const note = (identifier: Identifier, unit: Unit, text: string): void => {
    const empty: Detection = { identifier, count: 0, places: [], more: false };
    const detection = found.get(identifier.id) ?? empty;
    found.set(identifier.id, detection);
    detection.count += 1;
    if (unit.place && detection.places.length < mostPlaces) detection.places.push(unit.place);
    else detection.more = true;
    const kept = samples.get(identifier.id) ?? [];
    if (keepSamples && kept.length < mostSamples) {
      samples.set(identifier.id, [...kept, text.slice(0, 128)]);
    }
  };
  return {
    take: (unit) => {
      for (const identifier of identifiers) {
        for (const { text } of matchesIn(identifier, unit)) {
          if (!allowed(text)) note(identifier, unit, text);
        }
      }
    },
    detections: () => [...found.values()],
    samples: () => samples,
  };
}
