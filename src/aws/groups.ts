import {
  DeleteItemCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Groups } from '../app/groups';
import { Group, GroupId, Member } from '../domain/group';
import { groupKeys } from './keys';
import type { Table } from './table';

/** Counters and members are of use for days; findings themselves stay. */
const keptDays = 30;
const day = 86_400;

export const groupsOn = (
  client: DynamoDBClient,
  TableName: string,
  table: Table,
  now: () => Date,
): Groups => {
  const ttl = () => Math.floor(now().getTime() / 1000) + keptDays * day;
  const groupOf = async (id: GroupId): Promise<Group | undefined> => {
    const item = await table.get(groupKeys.group(id));
    return item && Group.parse(item.body);
  };
  return {
    async count(name) {
      const { Attributes = {} } = await client.send(
        new UpdateItemCommand({
          TableName,
          Key: marshall(groupKeys.counter(name)),
          UpdateExpression: 'SET kind = :kind, #ttl = :ttl ADD n :one',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: marshall({ ':kind': 'counter', ':ttl': ttl(), ':one': 1 }),
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Number(unmarshall(Attributes)['n']);
    },
    async join(group, member, at) {
      const { id } = group;
      await table.putNew({ ...groupKeys.group(id), kind: 'group', body: group, ttl: ttl() });
      await table.putNew({
        ...groupKeys.member(id, member.key),
        kind: 'member',
        body: member,
        ttl: ttl(),
      });
      // Earlier joiners wait for the same moment or an earlier one: theirs stands until all of them are settled.
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key: marshall(groupKeys.due(id)),
          UpdateExpression:
            'SET kind = :kind, #at = if_not_exists(#at, :at), #ttl = :ttl ADD n :one',
          ExpressionAttributeNames: { '#at': 'at', '#ttl': 'ttl' },
          ExpressionAttributeValues: marshall({
            ':kind': 'due',
            ':at': at,
            ':ttl': ttl(),
            ':one': 1,
          }),
        }),
      );
    },
    async read(id) {
      const group = await groupOf(id);
      if (!group) return undefined;
      const items = await table.list(groupKeys.group(id).pk, 'MEMBER#');
      return { group, members: items.map(({ body }) => Member.parse(body)) };
    },
    async due(at) {
      const items = await table.list('DUE', 'group-');
      const ripe = items.filter((item) => String(item['at']) <= at).slice(0, 50);
      const found = await Promise.all(
        ripe.map(async (item) => ({
          group: await groupOf(GroupId.parse(item.sk.slice('group-'.length))),
          mark: `${String(item['at'])}/${String(item['n'])}`,
        })),
      );
      return found.flatMap(({ group, mark }) => (group ? [{ group, mark }] : []));
    },
    async settle(id, mark) {
      const [at = '', joined] = mark.split('/');
      try {
        await client.send(
          new DeleteItemCommand({
            TableName,
            Key: marshall(groupKeys.due(id)),
            ConditionExpression: '#at = :at AND n = :n',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: marshall({ ':at': at, ':n': Number(joined) }),
          }),
        );
      } catch (error) {
        if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException'))
          throw error;
      }
    },
  };
};
