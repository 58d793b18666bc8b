import type { Json, Template } from './package';

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (value: Json | undefined, ...path: string[]): Json | undefined =>
  path.reduce<Json | undefined>((found, key) => (isObject(found) ? found[key] : undefined), value);

const textAt = (value: Json | undefined, ...path: string[]): string | undefined => {
  const found = at(value, ...path);
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

/** A parameter's default where the value is a Ref to one, else the value itself. */
const settled = (template: Template, value: Json | undefined): Json | undefined => {
  const parameter = textAt(value, 'Ref');
  return parameter === undefined ? value : template.Parameters?.[parameter]?.Default;
};

/** Buckets with Object Lock, and the default retention of each. */
export const lockedBuckets = (template: Template): Retention[] =>
  Object.entries(template.Resources).flatMap(([logicalId, { Type, Properties }]) => {
    if (Type !== 'AWS::S3::Bucket' || Properties?.['ObjectLockEnabled'] !== true) return [];
    const rule = at(Properties, 'ObjectLockConfiguration', 'Rule', 'DefaultRetention');
    const part = (name: string): Json | undefined => settled(template, at(rule, name));
    const mode = part('Mode');
    const days = Number(part('Days') ?? 0) + 365 * Number(part('Years') ?? 0);
    return [
      {
        logicalId,
        mode: mode === 'COMPLIANCE' || mode === 'GOVERNANCE' ? mode : undefined,
        days: days > 0 ? days : undefined,
      },
    ];
  });

/** What a Lambda calls itself in its AWS calls → logical id of the role that it runs under. */
export const rolesByAppId = (template: Template): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.values(template.Resources).flatMap(({ Type, Properties }) => {
      if (Type !== 'AWS::Lambda::Function') return [];
      const appId = textAt(Properties, 'Environment', 'Variables', 'AWS_SDK_UA_APP_ID');
      const role = at(Properties, 'Role', 'Fn::GetAtt');
      const logicalId = Array.isArray(role) ? role[0] : undefined;
      return appId && typeof logicalId === 'string' ? [[appId, logicalId]] : [];
    }),
  );

/** The value that some function has for an environment variable. */
export const environmentOf = (template: Template, name: string): string | undefined =>
  Object.values(template.Resources)
    .map(({ Properties }) => textAt(Properties, 'Environment', 'Variables', name))
    .find((value) => value !== undefined);
