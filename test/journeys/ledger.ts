import { DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { Remediation } from '../../src/domain/remediation';
import { outputOf, security } from './road';

/** All items of one kind that the table holds. */
export const itemsOf = async (world: World, kind: string): Promise<Record<string, unknown>[]> => {
  const dynamo = new DynamoDBClient(asAccount(world.edge.url, security));
  const found: Record<string, unknown>[] = [];
  let from: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page: ScanCommandOutput = await dynamo.send(
      new ScanCommand({
        TableName: outputOf(world, 'TableName'),
        FilterExpression: 'kind = :kind',
        ExpressionAttributeValues: { ':kind': { S: kind } },
        ConsistentRead: true,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    found.push(...(page.Items ?? []).map((item) => unmarshall(item)));
    from = page.LastEvaluatedKey;
  } while (from);
  return found;
};

export const remediationsIn = async (world: World): Promise<Remediation[]> =>
  (await itemsOf(world, 'remediation')).map(({ body }) => Remediation.parse(body));
