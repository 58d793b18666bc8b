import { QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { Lists, Page } from '../app/lists';
import type { FindingRecord } from '../app/ports';
import { Link } from '../domain/audit';
import { CaseId, watchedBy, WatchId } from '../domain/ids';
import { Remediation } from '../domain/remediation';
import { resourceKey } from './keys';
import { shelves } from './shelves';
import type { Item, Table } from './table';

const pageSize = 50;
const Cursor = z.record(z.string(), z.string());

/** The lists on the index of the one table. */
export const listsOn = (client: DynamoDBClient, TableName: string, table: Table): Lists => {
  const page = async <T>(
    shelf: string,
    from: string | undefined,
    read: (body: unknown) => T,
    most = pageSize,
  ): Promise<Page<T>> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName,
        IndexName: 'lists',
        KeyConditionExpression: '#list = :list',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: marshall({ ':list': shelf }),
        ScanIndexForward: false,
        Limit: most,
        ...(from && { ExclusiveStartKey: marshall(cursorOf(from)) }),
      }),
    );
    return {
      items: Items.map((item) => read((unmarshall(item) as Item).body)),
      ...(LastEvaluatedKey && { next: textOf(unmarshall(LastEvaluatedKey)) }),
    };
  };
  return {
    findings: (which, from, most) =>
      page(
        which === 'open' ? shelves.openFindings : shelves.exceptedFindings,
        from,
        (body) => body as FindingRecord,
        most,
      ),
    remediations: (which, from) =>
      page(
        which === 'open' ? shelves.openRemediations : shelves.remediationsOf(which.month),
        from,
        (body) => Remediation.parse(body),
      ),
    doneBy: (person, from) => page(shelves.doneBy(person), from, (body) => Link.parse(body)),
    contained: async () =>
      (await table.list('DUE', 'watch-')).map(({ sk }) => watchedBy(WatchId.parse(sk))),
    casesOf: async (resource) => {
      const items = await table.list(resourceKey(resource), 'CASE#');
      return items.map(({ sk }) => CaseId.parse(sk.slice('CASE#'.length)));
    },
  };
};

const textOf = (key: Record<string, unknown>): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** It comes back through a button, so it is checked; a wrong one reads nothing that its owner could not read anyway. */
const cursorOf = (text: string) =>
  Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
