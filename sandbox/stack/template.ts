import type { Json, Template } from './package';

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textAt = (value: Json | undefined, ...path: string[]): string | undefined => {
  const found = path.reduce<Json | undefined>(
    (at, key) => (isObject(at) ? at[key] : undefined),
    value,
  );
  return typeof found === 'string' ? found : undefined;
};

/** Gives environment variables that functions already have another value. */
export const withEnvironment = (
  template: Template,
  values: Readonly<Record<string, string>>,
): Template => {
  const copy = structuredClone(template);
  for (const { Type, Properties } of Object.values(copy.Resources)) {
    const environment = Type === 'AWS::Lambda::Function' ? Properties?.['Environment'] : undefined;
    const variables = isObject(environment) ? environment['Variables'] : undefined;
    if (!isObject(variables)) continue;
    for (const [name, value] of Object.entries(values)) {
      if (name in variables) variables[name] = value;
    }
  }
  return copy;
};

/** The keys in the deployment bucket under which the template expects the zips. */
export const artifactKeys = (template: Template): string[] => {
  const keys = Object.values(template.Resources).flatMap(({ Type, Properties }) => {
    if (Type === 'AWS::Lambda::Function') return textAt(Properties, 'Code', 'S3Key') ?? [];
    if (Type === 'AWS::Lambda::LayerVersion') return textAt(Properties, 'Content', 'S3Key') ?? [];
    return [];
  });
  return [...new Set(keys)];
};

export interface Retention {
  readonly logicalId: string;
  readonly mode: 'COMPLIANCE' | 'GOVERNANCE' | undefined;
  readonly days: number | undefined;
}

/** Buckets with Object Lock, and the default retention of each. */
export const lockedBuckets = (template: Template): Retention[] =>
  Object.entries(template.Resources).flatMap(([logicalId, { Type, Properties }]) => {
    if (Type !== 'AWS::S3::Bucket' || Properties?.['ObjectLockEnabled'] !== true) return [];
    const path = ['ObjectLockConfiguration', 'Rule', 'DefaultRetention'];
    const mode = textAt(Properties, ...path, 'Mode');
    const rule = path.reduce<Json | undefined>(
      (at, key) => (isObject(at) ? at[key] : undefined),
      Properties,
    );
    const days = isObject(rule) ? Number(rule['Days'] ?? 0) + 365 * Number(rule['Years'] ?? 0) : 0;
    return [
      {
        logicalId,
        mode: mode === 'COMPLIANCE' || mode === 'GOVERNANCE' ? mode : undefined,
        days: days > 0 ? days : undefined,
      },
    ];
  });
