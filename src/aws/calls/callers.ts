import type { AwsCall, AwsCalls } from '../../operations/aws';

export interface SessionConfig {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  maxAttempts: number;
}

/** What makes the calls of one service. */
export type Callers<Calls extends AwsCall> = {
  [C in Calls]: (input: AwsCalls[C][0]) => Promise<AwsCalls[C][1]>;
};

/** A session uses few of the services, so a client is built at its first call. */
export const lazily = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};
