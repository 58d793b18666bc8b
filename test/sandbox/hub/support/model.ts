import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

interface Member {
  shape: string;
  locationName?: string;
}
interface Shape {
  type: string;
  members?: Record<string, Member>;
  required?: string[];
  member?: Member;
  value?: Member;
  enum?: string[];
  document?: boolean;
}
interface Operation {
  http: { method: string; requestUri: string };
  output?: Member;
  errors?: Member[];
}
export interface Model {
  /** `json` services send dates as numbers, `rest-json` ones of ours as text. */
  metadata?: { protocol?: string };
  operations: Record<string, Operation>;
  shapes: Record<string, Shape>;
}

const root = join(__dirname, '../../../../.venv/lib');

/** AWS's own service model as botocore ships it; undefined where the Python side is not installed. */
export function loadModel(service: string): Model | undefined {
  const pythons = existsSync(root) ? readdirSync(root) : [];
  for (const python of pythons) {
    const folder = join(root, python, 'site-packages/botocore/data', service);
    const [version] = existsSync(folder) ? readdirSync(folder).toSorted().toReversed() : [];
    if (version === undefined) continue;
    const packed = readFileSync(join(folder, version, 'service-2.json.gz'));
    return JSON.parse(gunzipSync(packed).toString('utf8')) as Model;
  }
  return undefined;
}

function structureProblems(model: Model, shape: Shape, value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null) return [`${at}: not a structure`];
  const given = value as Record<string, unknown>;
  const members = new Map(
    Object.entries(shape.members ?? {}).map(([name, member]) => [
      member.locationName ?? name,
      { name, member },
    ]),
  );
  const missing = (shape.required ?? []).filter((name) => {
    const wire = shape.members?.[name]?.locationName ?? name;
    return given[wire] === undefined;
  });
  return [
    ...missing.map((name) => `${at}.${name}: required and missing`),
    ...Object.entries(given).flatMap(([name, each]) => {
      const known = members.get(name);
      if (!known) return [`${at}.${name}: not in the model`];
      // The services write null for absent members of findings.
      return each === null ? [] : problems(model, known.member.shape, each, `${at}.${name}`);
    }),
  ];
}

/** Everything in `value` that the model's shape does not allow. */
export function problems(model: Model, name: string, value: unknown, at: string): string[] {
  const shape = model.shapes[name];
  if (!shape) return [`${at}: no shape ${name}`];
  const expect = (ok: boolean): string[] => (ok ? [] : [`${at}: not a ${shape.type}`]);
  switch (shape.type) {
    case 'structure':
      return shape.document ? [] : structureProblems(model, shape, value, at);
    case 'list':
      if (!Array.isArray(value)) return expect(false);
      return value.flatMap((each, index) =>
        problems(model, shape.member?.shape ?? '', each, `${at}[${index}]`),
      );
    case 'map':
      if (typeof value !== 'object' || value === null) return expect(false);
      return Object.entries(value).flatMap(([key, each]) =>
        problems(model, shape.value?.shape ?? '', each, `${at}.${key}`),
      );
    case 'string':
      if (shape.enum && !shape.enum.includes(value as string)) {
        return [`${at}: ${String(value)} is not one of ${name}`];
      }
      return expect(typeof value === 'string');
    case 'timestamp':
      if (model.metadata?.protocol === 'json') return expect(typeof value === 'number');
      return expect(typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value));
    case 'boolean':
      return expect(typeof value === 'boolean');
    default:
      return expect(typeof value === 'number');
  }
}
