import type { AwsRequest } from './request';
import type { Session, Target } from './types';

// The estate that responders act on; MiniStack runs the bot's own stack.
const estate = new Set([
  'ec2',
  'autoscaling',
  'elasticloadbalancing',
  'rds',
  'cloudtrail',
  'config',
  'guardduty',
  'organizations',
  'redshift',
]);
// Both emulators have these: the bot's own (its roles, its logs, its parameters) are in MiniStack.
const both = new Set(['iam', 'kms', 'logs', 'ssm', 'secretsmanager']);
const hub = new Set(['securityhub', 'macie2']);

/** What S3 Control knows of an account; the buckets themselves are in MiniStack. */
const isOfAccount = ({ service, action }: AwsRequest): boolean =>
  service === 's3' && action.endsWith('AccountPublicAccessBlock');

/** Engines of the estate's own: moto has none of these, and the bot's own workflow is in MiniStack. */
const isEngine = ({ service, action }: AwsRequest): boolean =>
  service === 'states' || (service === 'ssm' && action.includes('AutomationExecution'));

/** Which emulator holds what the call speaks of. */
export const targetOf = (
  request: AwsRequest,
  account: string,
  session: Session | undefined,
  botAccount: string,
): Target => {
  const { service } = request;
  if (service === 'sts') return 'sts';
  if (hub.has(service)) return 'hub';
  if (estate.has(service) || isOfAccount(request)) return 'moto';
  if (session === undefined && account === botAccount) return 'ministack';
  if (isEngine(request)) return 'hub';
  if (both.has(service)) return 'moto';
  return 'ministack';
};
