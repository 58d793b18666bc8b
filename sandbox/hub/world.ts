import type { S3Client } from '@aws-sdk/client-s3';
import type { EngineState } from './engines/state';
import type { EventQueue } from './events';
import type { MacieState } from './macie/state';
import type { SecurityHubState } from './securityhub/state';

/** Everything the service remembers and reaches; nothing is module-level, so two hubs never share. */
export interface World {
  now: () => Date;
  /** Administrator of all other accounts. */
  defaultAccount: string;
  jobSeconds: number;
  engineSeconds: number;
  s3: S3Client;
  events: EventQueue;
  securityHub: SecurityHubState;
  macie: MacieState;
  engines: EngineState;
}
