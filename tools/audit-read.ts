import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  GetObjectCommand,
  GetObjectRetentionCommand,
  ListObjectVersionsCommand,
  S3Client,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Link } from '../src/domain/audit';
import { CaseId, RemediationId } from '../src/domain/ids';
import { keys } from '../src/aws/keys';
import { Table } from '../src/aws/table';
import type { ClientSettings } from '../sandbox/stack';
import type { Chain, Kept, Row } from './audit-chain';

/** Where an SDK client goes; empty for the account of the shell. */
export type Settings = Partial<ClientSettings>;

export interface Places {
  table: string;
  bucket: string;
}

/** Names of table and bucket as the stack's outputs say them. */
export const placesOf = async (settings: Settings, stackName: string): Promise<Places> => {
  const cloudformation = new CloudFormationClient({ ...settings });
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: stackName }));
  const output = (name: string): string => {
    const found = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
    if (!found) throw new Error(`the stack ${stackName} has no output ${name}`);
    return found;
  };
  return { table: output('TableName'), bucket: output('AuditBucketName') };
};

const lastPart = (key: string): string => key.split(/[/#]/).at(-1) ?? '';
const placeOf = (key: string): number => Number(/\d+/.exec(lastPart(key))?.[0]);

const known = (id: string): CaseId => {
  const parsed = CaseId.safeParse(id);
  if (parsed.success) return parsed.data;
  throw new Error(`${id} is neither a case (32 hex digits) nor a remediation (rem-…)`);
};

/** Reads the two copies of a chain. It only reads. */
export class AuditReader {
  readonly #dynamo: DynamoDBClient;
  readonly #s3: S3Client;
  readonly #places: Places;

  constructor(settings: Settings, places: Places) {
    this.#dynamo = new DynamoDBClient({ ...settings });
    this.#s3 = new S3Client({ ...settings, forcePathStyle: true });
    this.#places = places;
  }

  /** The chain of a case, or of the case that a remediation belongs to. */
  async caseOf(id: string): Promise<CaseId> {
    const remediation = RemediationId.safeParse(id);
    if (!remediation.success) return known(id);
    const item = await this.#table().get(keys.remediation(remediation.data));
    const body = item?.body as { case?: string } | undefined;
    return known(body?.case ?? id);
  }

  /** Every case that the table or the bucket has a chain of. */
  async cases(): Promise<CaseId[]> {
    const found = new Set<string>();
    for (const { Key = '' } of await this.#versions('audit/')) found.add(Key.split('/')[1] ?? '');
    let ExclusiveStartKey: Record<string, never> | undefined;
    do {
      const page = await this.#dynamo.send(
        new ScanCommand({
          TableName: this.#places.table,
          FilterExpression: 'begins_with(pk, :audit)',
          ExpressionAttributeValues: { ':audit': { S: 'AUDIT#' } },
          ProjectionExpression: 'pk',
          ExclusiveStartKey,
        }),
      );
      for (const item of page.Items ?? []) found.add(lastPart(String(unmarshall(item)['pk'])));
      ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
    } while (ExclusiveStartKey);
    return [...found].sort().map((each) => CaseId.parse(each));
  }

  async chain(of: CaseId): Promise<Chain> {
    const table = this.#table();
    const [head, items, bucket] = await Promise.all([
      table.get(keys.head(of)),
      table.list(`AUDIT#${of}`, 'LINK#'),
      this.#kept(of),
    ]);
    const rows: Row[] = items.map(({ sk, body }) => ({ place: placeOf(sk), raw: body }));
    return { table: rows, head: head?.body as Pick<Link, 'seq' | 'hash'> | undefined, bucket };
  }

  #table(): Table {
    return new Table(this.#dynamo, this.#places.table);
  }

  /** All versions and delete markers, newest first under each key, as S3 lists them. */
  async #versions(Prefix: string) {
    const all: { Key?: string | undefined; VersionId?: string | undefined; marker: boolean }[] = [];
    let from: Pick<ListObjectVersionsCommandOutput, 'NextKeyMarker' | 'NextVersionIdMarker'> = {};
    do {
      const page: ListObjectVersionsCommandOutput = await this.#s3.send(
        new ListObjectVersionsCommand({
          Bucket: this.#places.bucket,
          Prefix,
          KeyMarker: from.NextKeyMarker,
          VersionIdMarker: from.NextVersionIdMarker,
        }),
      );
      all.push(...(page.Versions ?? []).map((each) => ({ ...each, marker: false })));
      all.push(...(page.DeleteMarkers ?? []).map((each) => ({ ...each, marker: true })));
      from = page.IsTruncated ? page : {};
    } while (from.NextKeyMarker);
    return all;
  }

  async #kept(of: CaseId): Promise<Kept[]> {
    const versions = await this.#versions(`audit/${of}/`);
    const byKey = new Map(
      versions.map(({ Key = '' }) => [Key, versions.filter((each) => each.Key === Key)]),
    );
    const kept = [...byKey].map(async ([Key, all]): Promise<Kept> => {
      // The first one written is what the relay kept; the lock holds it whatever came later.
      const first = all.filter(({ marker }) => !marker).at(-1);
      const at = {
        Bucket: this.#places.bucket,
        Key,
        ...(first?.VersionId && { VersionId: first.VersionId }),
      };
      const [raw, lockedUntil] = first
        ? await Promise.all([this.#body(at), this.#lock(at)])
        : [undefined, undefined];
      return { place: placeOf(Key), raw, versions: all.length, lockedUntil };
    });
    return (await Promise.all(kept)).sort((a, b) => a.place - b.place);
  }

  async #body(at: { Bucket: string; Key: string }): Promise<unknown> {
    const { Body } = await this.#s3.send(new GetObjectCommand(at));
    try {
      return JSON.parse((await Body?.transformToString()) ?? '') as unknown;
    } catch {
      return undefined;
    }
  }

  async #lock(at: { Bucket: string; Key: string }): Promise<string | undefined> {
    try {
      const { Retention } = await this.#s3.send(new GetObjectRetentionCommand(at));
      return Retention?.RetainUntilDate?.toISOString();
    } catch (error) {
      const none = ['NoSuchObjectLockConfiguration', 'InvalidRequest'];
      if (error instanceof Error && none.includes(error.name)) return undefined;
      throw error;
    }
  }
}
