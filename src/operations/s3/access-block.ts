import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';

/** S3's four settings, by their names in the API, and what each does in words. */
export const settings = {
  BlockPublicAcls: 'Refuse new public ACLs',
  IgnorePublicAcls: 'Ignore public ACLs',
  BlockPublicPolicy: 'Refuse new public policies',
  RestrictPublicBuckets: 'Restrict public policies',
} as const;
export type Setting = keyof typeof settings;
export const settingNames = Object.keys(settings) as readonly Setting[];

/** The block of a bucket or an account. `configured` is false where there is none, which is not the same as all off. */
export type AccessBlock = Readonly<Record<Setting | 'configured', boolean>>;

export const blockOf = (found: PublicAccessBlockConfiguration | undefined): AccessBlock => ({
  configured: found !== undefined,
  BlockPublicAcls: found?.BlockPublicAcls ?? false,
  IgnorePublicAcls: found?.IgnorePublicAcls ?? false,
  BlockPublicPolicy: found?.BlockPublicPolicy ?? false,
  RestrictPublicBuckets: found?.RestrictPublicBuckets ?? false,
});

/** The block as S3 is given it. */
export const configurationOf = ({
  configured: _,
  ...flags
}: AccessBlock): PublicAccessBlockConfiguration => flags;

export const blocked: AccessBlock = {
  configured: true,
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

export const isBlocked = (block: AccessBlock): boolean => settingNames.every((name) => block[name]);

/** S3 applies whatever either of the two forbids. */
export const together = (a: AccessBlock, b: AccessBlock): AccessBlock => ({
  configured: a.configured || b.configured,
  BlockPublicAcls: a.BlockPublicAcls || b.BlockPublicAcls,
  IgnorePublicAcls: a.IgnorePublicAcls || b.IgnorePublicAcls,
  BlockPublicPolicy: a.BlockPublicPolicy || b.BlockPublicPolicy,
  RestrictPublicBuckets: a.RestrictPublicBuckets || b.RestrictPublicBuckets,
});

/** What we switched on goes off; what was on before stays as others have left it. */
export const takenBack = (before: AccessBlock, now: AccessBlock): AccessBlock => ({
  configured: before.configured && now.configured,
  BlockPublicAcls: before.BlockPublicAcls && now.BlockPublicAcls,
  IgnorePublicAcls: before.IgnorePublicAcls && now.IgnorePublicAcls,
  BlockPublicPolicy: before.BlockPublicPolicy && now.BlockPublicPolicy,
  RestrictPublicBuckets: before.RestrictPublicBuckets && now.RestrictPublicBuckets,
});

export const isTakenBack = (before: AccessBlock, now: AccessBlock): boolean =>
  (before.configured || !now.configured) &&
  settingNames.every((name) => before[name] || !now[name]);

export const driftOf = (after: AccessBlock, now: AccessBlock): string[] => [
  ...settingNames
    .filter((name) => after[name] !== now[name])
    .map((name) => `switched ${now[name] ? 'on' : 'off'} since: ${settings[name]} (${name})`),
  ...(after.configured && !now.configured ? ['the whole block was deleted since'] : []),
];
