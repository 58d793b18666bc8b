export type Tags = Readonly<Record<string, string>>;

/** Whose it is: what people ask first of anything that is wrong. */
export const ownedBy = (Owner: string, more: Tags = {}): Tags => ({
  ...more,
  Environment: 'production',
  Owner,
});

/** In the form that most services take. */
export const tagList = (tags: Tags): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
