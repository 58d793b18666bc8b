import type { Instance } from '@aws-sdk/client-ec2';

export const tagOf = ({ Tags = [] }: Pick<Instance, 'Tags'>, key: string): string =>
  Tags.find(({ Key }) => Key === key)?.Value ?? '';

/** What Drawbridge writes on an isolated instance, and what owners write on one that is not to be isolated. */
export const isolatedTag = 'drawbridge:isolated';
export const roleTagKey = 'drawbridge:role';
export const protectedTag = 'drawbridge:protected';
/** Set to `isolate`, it overrules each refusal that a person may overrule. */
export const breakGlassTag = 'drawbridge:break-glass';
