import { canonical, type Json } from '../../domain/canonical';
import { isMarked } from './marked';

/** What the instance's credentials may still do: talk to Systems Manager, or nothing. */
export type Keep = 'ssm' | 'nothing';

const sid = 'DrawbridgeQuarantine';

/** Name of the inline policy in the role: one per instance, so that those that share the role have theirs. */
export const policyName = (instanceArn: string): string =>
  `drawbridge-quarantine-${instanceIdOf(instanceArn)}`;

/** `…:instance/i-1` → `i-1`. */
export const instanceIdOf = (instanceArn: string): string => instanceArn.split('/').at(-1) ?? '';

/**
 * What SSM Agent needs to take a command and to answer. No data channel, by which sessions run, and no parameter: an
 * attacker with these credentials gets neither.
 */
const agent = [
  'ec2messages:AcknowledgeMessage',
  'ec2messages:DeleteMessage',
  'ec2messages:FailMessage',
  'ec2messages:GetEndpoint',
  'ec2messages:GetMessages',
  'ec2messages:SendReply',
  'ssm:UpdateInstanceInformation',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:OpenControlChannel',
];

/**
 * Denies by the instance that the credentials were given to, also where they were stolen from it and are used elsewhere.
 * Others with the same role are not meant, and no time is needed that separates old sessions from new ones.
 * @param bucket name of the one bucket that evidence may still be written to
 */
export const quarantine = (instanceArn: string, keep: Keep, bucket?: string): Json => {
  const Condition = { ArnEquals: { 'ec2:SourceInstanceARN': instanceArn } };
  const [, partition = 'aws'] = instanceArn.split(':');
  const exempt = bucket ? [...agent, 's3:PutObject'] : agent;
  const but = { Sid: sid, Effect: 'Deny', NotAction: exempt, Resource: '*', Condition };
  const elsewhere = {
    Sid: `${sid}Bucket`,
    Effect: 'Deny',
    Action: 's3:PutObject',
    NotResource: `arn:${partition}:s3:::${bucket}/*`,
    Condition,
  };
  const all = { Sid: sid, Effect: 'Deny', Action: '*', Resource: '*', Condition };
  const Statement = keep === 'nothing' ? [all] : bucket ? [but, elsewhere] : [but];
  return { Version: '2012-10-17', Statement };
};

export const isOwn = (document: string): boolean => isMarked(document, sid);

/** Do the two say the same, in whatever layout? */
export const isSame = (document: string, wanted: Json): boolean =>
  canonical(JSON.parse(document) as Json) === canonical(wanted);
