import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { randomUUID } from 'node:crypto';
import type { Call } from '../sandbox/edge';
import { botAccount, workloads } from '../sandbox/estate';
import { asAccount } from '../sandbox/stack';
import type { World } from '../sandbox/world';

/** Milliseconds that the same calls take when one script makes them in the same order, on another group. */
export const replay = async (
  world: World,
  made: readonly Call[],
  group: string,
): Promise<number> => {
  const act = actions(world, group);
  const began = performance.now();
  for (const { service, action } of made) await act[`${service}:${action}`]?.();
  return performance.now() - began;
};

const actions = (world: World, group: string): Record<string, () => Promise<unknown>> => {
  const bot = asAccount(world.edge.url, botAccount);
  const dynamo = new DynamoDBClient(bot);
  const ec2 = new EC2Client(asAccount(world.edge.url, workloads));
  const [s3, sfn, sts] = [new S3Client(bot), new SFNClient(bot), new STSClient(bot)];
  const sqs = new SQSClient({ ...bot, useQueueUrlAsEndpoint: false });
  const { outputs } = world.deployment;
  const TableName = outputs['TableName'];
  const Filters = [{ Name: 'group-id', Values: [group] }];
  // A kind that the relay does not follow: the script's own writes must not start anything.
  const item = () => ({
    pk: { S: `BENCH#${randomUUID()}` },
    sk: { S: 'BENCH' },
    kind: { S: 'bench' },
    body: { S: 'x'.repeat(2000) },
  });
  const Key = { pk: { S: 'BENCH' }, sk: { S: 'BENCH' } };
  const ignore = () => undefined;
  return {
    'dynamodb:GetItem': () =>
      dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
    'dynamodb:PutItem': () => dynamo.send(new PutItemCommand({ TableName, Item: item() })),
    'dynamodb:Query': () =>
      dynamo.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: 'BENCH' } },
        }),
      ),
    'dynamodb:UpdateItem': () =>
      dynamo.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'SET body = :b',
          ExpressionAttributeValues: { ':b': { S: 'x' } },
        }),
      ),
    'dynamodb:TransactWriteItems': () =>
      dynamo.send(
        new TransactWriteItemsCommand({
          TransactItems: [1, 2, 3, 4].map(() => ({ Put: { TableName, Item: item() } })),
        }),
      ),
    's3:PutObject': () =>
      s3.send(
        new PutObjectCommand({
          Bucket: outputs['AuditBucketName'],
          Key: `bench/${randomUUID()}`,
          Body: 'x'.repeat(800),
        }),
      ),
    'sqs:SendMessage': () =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: outputs['FindingsQueueUrl'],
          MessageBody: '{"source":"bench"}',
        }),
      ),
    'states:SendTaskSuccess': () =>
      sfn.send(new SendTaskSuccessCommand({ taskToken: 'bench', output: '{}' })).catch(ignore),
    'sts:AssumeRole': () =>
      sts
        .send(
          new AssumeRoleCommand({
            RoleArn: `arn:aws:iam::${workloads}:role/none`,
            RoleSessionName: 'bench',
          }),
        )
        .catch(ignore),
    'ec2:DescribeSecurityGroups': () =>
      ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [group] })),
    'ec2:DescribeSecurityGroupRules': () =>
      ec2.send(new DescribeSecurityGroupRulesCommand({ Filters })),
    'ec2:DescribeNetworkInterfaces': () =>
      ec2.send(new DescribeNetworkInterfacesCommand({ Filters })),
    'ec2:RevokeSecurityGroupIngress': () =>
      ec2.send(
        new RevokeSecurityGroupIngressCommand({
          GroupId: group,
          IpPermissions: [
            { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
          ],
        }),
      ),
  };
};
