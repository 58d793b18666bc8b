import type {
  Copied,
  Copy,
  Cursor,
  GateObjects,
  Place,
  RawVersion,
} from '../../src/app/gate/ports';

/** One version of an object. Its body is unique, and says by its first word what is in it. */
export interface Stored {
  key: string;
  versionId: string;
  etag: string;
  body: string;
  modified: string;
  tags: Record<string, string>;
  /** STANDARD unless it was said, in a copy too. */
  storageClass?: string;
}

/** Runs what else happens at this moment, or dies. */
export type Effect = () => Promise<void>;

/** Five versioned buckets. Versions of a key are in the order in which they were written. */
export class MemoryBuckets {
  readonly places: Record<Place, Stored[]> = {
    raw: [],
    stage: [],
    review: [],
    released: [],
    quarantine: [],
  };
  /** Keys whose newest version is a delete marker. */
  readonly hidden = new Set<string>();
  /** So many keys are listed at once. */
  pageSize = 2;
  #versions = 0;

  put(place: Place, stored: Omit<Stored, 'versionId' | 'etag'>): Stored {
    this.#versions += 1;
    const etag = `"${stored.body.replaceAll(' ', '-')}"`;
    const version = { ...stored, etag, versionId: `v${this.#versions}` };
    this.places[place].push(version);
    return version;
  }

  current = (place: Place, key: string): Stored | undefined =>
    this.places[place].findLast((each) => each.key === key);

  list(prefix: string, after: Cursor | undefined): { versions: RawVersion[]; next?: Cursor } {
    const keys = [...new Set(this.places.raw.map(({ key }) => key))]
      .filter((key) => key.startsWith(prefix) && !this.hidden.has(key))
      .filter((key) => after === undefined || key > after.key)
      .sort();
    const page = keys.slice(0, this.pageSize);
    const versions = page.flatMap((key) =>
      this.places.raw
        .filter((each) => each.key === key)
        .reverse()
        .map(({ versionId, etag, body, modified, storageClass }, index) => ({
          raw: { key, versionId, etag },
          size: body.length,
          modified,
          latest: index === 0,
          ...(storageClass && { storageClass }),
        })),
    );
    const last = page.at(-1);
    const more = keys.length > page.length && last !== undefined;
    return { versions, ...(more && { next: { key: last, versionId: '' } }) };
  }

  /** What an earlier try left: by its mark where it has one, else by its size, as on S3. */
  #leftThere(place: Place, { to, size, tags }: Copy): Stored | undefined {
    const there = this.current(place, to);
    if (there?.body.length !== size) return undefined;
    const mark = tags?.['drawbridge:object'];
    return mark === undefined || there.tags['drawbridge:object'] === mark ? there : undefined;
  }

  #copyOne(from: Place, to: Place, copy: Copy, now: string, again: boolean): Copied {
    const left = again ? this.#leftThere(to, copy) : undefined;
    const source = this.places[from].find(
      (each) => each.key === copy.source.key && each.versionId === copy.source.versionId,
    );
    if (!left && !source) return { kind: 'gone' };
    if (source?.body.startsWith('locked')) return { kind: 'refused', because: 'AccessDenied' };
    const { key, versionId, etag } =
      left ??
      this.put(to, {
        key: copy.to,
        body: source!.body,
        modified: now,
        tags: { ...source!.tags, ...copy.tags },
        ...(copy.storageClass && { storageClass: copy.storageClass }),
      });
    return { kind: 'copied', version: { key, versionId, etag } };
  }

  /** The port, as one call of the function has it: each object is an effect of its own. */
  objects(effect: Effect, now: () => Date): GateObjects {
    return {
      listRaw: async (prefix, after) => {
        await effect();
        return this.list(prefix, after);
      },
      copy: async (from, to, copies, again) => {
        const ends: Copied[] = [];
        for (const copy of copies) {
          await effect();
          ends.push(this.#copyOne(from, to, copy, now().toISOString(), again));
          await effect();
        }
        return ends;
      },
      remove: async (from, versions) => {
        for (const { versionId } of versions) {
          await effect();
          const at = this.places[from].findIndex((each) => each.versionId === versionId);
          if (at >= 0) this.places[from].splice(at, 1);
          await effect();
        }
      },
      markOf: async (place, key) => {
        await effect();
        return this.current(place, key)?.tags['drawbridge:object'];
      },
      prefixes: async (place) => [
        ...new Set(this.places[place].map(({ key }) => key.slice(0, key.indexOf('/') + 1))),
      ],
      quietSince: async (prefix) =>
        this.places.raw
          .filter(({ key }) => key.startsWith(prefix))
          .map(({ modified }) => modified)
          .sort()
          .at(-1),
    };
  }
}
