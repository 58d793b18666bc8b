import { join } from 'node:path';
import * as z from 'zod/mini';
import { packageStack } from '../../sandbox/stack';
import { rolesByAppId } from '../../sandbox/stack/template';
import type { World } from '../../sandbox/world';

const Statement = z.object({ Action: z.union([z.string(), z.array(z.string())]) });
const Role = z.object({
  Policies: z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) })),
});

/** A transaction needs the permissions of its parts; ours put and delete. */
const parts: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:TransactWriteItems': ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
  // The gate removes by version, and by nothing else.
  's3:DeleteObjects': ['s3:DeleteObjectVersion'],
};

/** Granted and not seen at the edge, each for a reason. */
const unseen: Readonly<Record<string, string>> = {
  'logs:CreateLogStream': 'made by the Lambda service itself',
  'logs:PutLogEvents': 'made by the Lambda service itself',
  'sqs:ReceiveMessage': 'made by the event source mapping',
  'sqs:DeleteMessage': 'made by the event source mapping',
  'sqs:GetQueueAttributes': 'made by the event source mapping',
  'dynamodb:GetRecords': 'made by the event source mapping',
  'dynamodb:GetShardIterator': 'made by the event source mapping',
  'dynamodb:DescribeStream': 'made by the event source mapping',
  'dynamodb:ListStreams': 'made by the event source mapping',
  'kms:Decrypt': 'made by S3',
  'kms:GenerateDataKey': 'made by S3',
};

/** Only where a journey cannot bring it about in its time. */
const unreached: Readonly<Record<string, string>> = {
  'drawbridge-housekeeping dynamodb:GetItem': 'an approval expires after hours',
  'drawbridge-housekeeping dynamodb:PutItem': 'an approval expires after hours',
  'drawbridge-housekeeping dynamodb:UpdateItem': 'an exception ends after a day',
  'drawbridge-housekeeping dynamodb:DeleteItem': 'an approval expires after hours',
  'drawbridge-housekeeping dynamodb:Query': 'it looks once a minute',
  'drawbridge-housekeeping securityhub:BatchUpdateFindings': 'only what the outbox failed to tell',
  'drawbridge-housekeeping securityhub:GetFindings': 'only what the outbox failed to tell',
  'drawbridge-remediation states:SendTaskSuccess':
    'only for a decision that was faster than the workflow',
  'drawbridge-housekeeping sqs:SendMessage': 'a group of findings is renewed once a minute',
  'drawbridge-gate s3:AbortMultipartUpload': 'only where a copy in parts fails',
  'drawbridge-outbox sqs:ChangeMessageVisibility': 'only when Slack asks to wait',
  'drawbridge-outbox sqs:SendMessage': 'only when Slack asks to wait',
};

const grants = async (): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const { update } = await packageStack(join(__dirname, '..', '..'));
  return new Map(
    Object.entries(rolesByAppId(update)).map(([appId, logicalId]) => {
      const { Policies } = Role.parse(update.Resources[logicalId]?.Properties);
      const actions = Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).flatMap(
        ({ Action }) => Action,
      );
      return [appId, new Set(actions)];
    }),
  );
};

const calledBy = (world: World, appId: string): ReadonlySet<string> =>
  // What a responder session calls is bounded by that session's policy, not by the function's role.
  new Set(
    world.edge
      .calls({ function: appId })
      .filter(({ session }) => !session)
      .flatMap(({ service, action, also }) => [action, ...also].map((it) => `${service}:${it}`)),
  );

/** `function action` of each call that the function's role does not grant. */
export const beyond = async (world: World): Promise<string[]> =>
  [...(await grants())].flatMap(([appId, granted]) =>
    [...calledBy(world, appId)]
      .filter((action) => !(parts[action] ?? [action]).some((part) => granted.has(part)))
      .map((action) => `${appId} ${action}`),
  );

/** Rights to evidence: only the journey of an isolation uses them, and it looks that it uses all of them. */
export const isOfEvidence = (grant: string): boolean => /-(desk|remediation) s3:/.test(grant);

/** Rights of the gate: only its own journey uses them. */
export const isOfGate = (grant: string): boolean => grant.startsWith('drawbridge-gate ');

/** `function action` of each grant that nothing used, and that has no reason to stand unused. */
export const idle = async (world: World): Promise<string[]> =>
  [...(await grants())].flatMap(([appId, granted]) => {
    const used = new Set(
      [...calledBy(world, appId)].flatMap((action) => [action, ...(parts[action] ?? [])]),
    );
    return [...granted]
      .filter((action) => !used.has(action) && !(action in unseen))
      .map((action) => `${appId} ${action}`)
      .filter((grant) => !(grant in unreached));
  });
