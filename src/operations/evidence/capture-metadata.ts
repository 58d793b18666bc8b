import type { Aws } from '../aws';
import type { Irreversible } from '../operation';
import { asked, type Answered } from './asked';
import { instanceLooks, instanceOf, instancePermissions } from './instance-looks';
import { keepJson, keptBy, neverUndone, type Evidence } from './kept';
import { placeLooks, placePermissions } from './place-looks';
import { profileOf, roleLooks, rolePermissions } from './role-looks';

export type CaptureMetadata = { readonly instanceId: string };

/** Everything that AWS tells of an instance and of what stands around it, before anything is changed. */
export const captureMetadata: Irreversible<CaptureMetadata, Evidence> = {
  kind: 'evidence.capture-metadata',
  describe: ({ instanceId }) => `Keep all that AWS tells of ${instanceId} as evidence`,
  read: async (aws, _, run) => ({ kept: await keptBy(aws, run) }),
  holds: ({ kept }) => kept.length > 0,
  async apply(aws, { instanceId }, { kept }, run) {
    if (kept.length > 0) return;
    const rows = await rowsOf(aws, instanceId);
    const unknown = Object.keys(rows).filter((name) => 'unknown' in (rows[name] ?? {}));
    const note = unknown.length > 0 ? `unknown: ${unknown.join(', ')}` : '';
    await keepJson(aws, run, { name: 'metadata.json', note }, { instanceId, rows });
  },
  ...neverUndone,
  permissions: {
    read: [],
    apply: [...new Set([...instancePermissions, ...placePermissions, ...rolePermissions])],
  },
};

type Rows = Record<string, Answered<unknown>>;

/** From the instance to what it names, and from its profile to the role: each row by itself, all of a kind at once. */
const rowsOf = async (aws: Aws, id: string): Promise<Rows> => {
  const [instance, own] = await Promise.all([
    asked(aws, () => instanceOf(aws, id)),
    each(instanceLooks, (look) => asked(aws, () => look(aws, id))),
  ]);
  const found = valueOf(instance);
  if (!found)
    return { instance, ...own, ...unread(placeLooks), profile: missing, ...unread(roleLooks) };
  const [profile, around] = await Promise.all([
    asked(aws, () => profileOf(aws, found)),
    each(placeLooks, (look) => asked(aws, () => look(aws, found))),
  ]);
  const name = valueOf(profile)?.Roles?.[0]?.RoleName;
  const role =
    'unknown' in profile
      ? unread(roleLooks)
      : await each(roleLooks, async (look) =>
          name ? asked(aws, () => look(aws, name)) : { is: null },
        );
  return { instance, ...own, ...around, profile, ...role };
};

const each = async <Look>(
  looks: Readonly<Record<string, Look>>,
  ask: (look: Look) => Promise<Answered<unknown>>,
): Promise<Rows> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(looks).map(async ([name, look]) => [name, await ask(look)] as const),
    ),
  );

const missing = { unknown: 'what names it could not be read' };
const unread = (looks: object): Rows =>
  Object.fromEntries(Object.keys(looks).map((name) => [name, missing]));

const valueOf = <T>(row: Answered<T>): T | undefined => ('is' in row ? row.is : undefined);
