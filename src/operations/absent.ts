import { isAwsError } from './aws';

/** What the call gives, or undefined where AWS says by one of these codes that there is none. Any other error is thrown. */
export const unlessAbsent = async <T>(
  call: Promise<T>,
  ...codes: readonly string[]
): Promise<T | undefined> => {
  try {
    return await call;
  } catch (error) {
    if (isAwsError(error, ...codes)) return undefined;
    throw error;
  }
};
