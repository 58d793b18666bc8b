import type { Asked } from '../../domain/playbook';
import { Told } from '../../domain/errors';
import { unlessAbsent } from '../../operations/absent';
import { isAwsError, type Aws } from '../../operations/aws';
import { nameOf, readPermissions } from '../../operations/lambda/replace-permissions';
import type { Statement } from '../../operations/policy-document';
import { lacksAccount } from './narrow';

/** The function, its policy, and what calls it by other ways. */
export type FunctionFacts =
  | { kind: 'missing' }
  | { kind: 'unreadable'; because: string }
  | {
      kind: 'function';
      arn: string;
      /** ISO 8601 as Lambda writes it. */
      lastModified: string;
      statements: readonly Statement[];
      url?: { address: string; auth: string };
      /** Queues and streams that it reads with its own role. */
      mappings: number;
      /** Buckets of statements for S3 that are not known to be of the function's account. */
      foreign: readonly string[];
    };

export const permissions = [
  'lambda:GetFunctionConfiguration',
  'lambda:GetFunctionUrlConfig',
  'lambda:GetPolicy',
  'lambda:ListEventSourceMappings',
  's3:GetBucketLocation',
] as const;

/** `name`, or `name:qualifier` for an alias or a version, which has a policy of its own. */
export const functionOf = ({ id }: Asked['target']): { function: string; qualifier?: string } => {
  const end = id.indexOf(':');
  return end === -1
    ? { function: id }
    : { function: id.slice(0, end), qualifier: id.slice(end + 1) };
};

export const read = async (aws: Aws, { target }: Asked): Promise<FunctionFacts> => {
  const of = functionOf(target);
  const named = {
    FunctionName: of.function,
    ...(of.qualifier !== undefined && { Qualifier: of.qualifier }),
  };
  // AWS gives the same code for a function that is gone and for one without a policy, so it is asked for first.
  const found = await unlessAbsent(
    aws.call('lambda:GetFunctionConfiguration', named),
    'ResourceNotFoundException',
  );
  if (!found) return { kind: 'missing' };
  try {
    const [{ statements }, url, mappings] = await Promise.all([
      readPermissions(aws, of),
      readUrl(aws, named),
      countMappings(aws, nameOf(of)),
    ]);
    return {
      kind: 'function',
      // Of an alias AWS may tell the ARN of the version behind it; its policy speaks of the alias.
      arn: [...(found.FunctionArn ?? '').split(':').slice(0, 6), nameOf(of)].join(':'),
      lastModified: found.LastModified ?? '',
      statements,
      ...(url && { url }),
      mappings,
      foreign: await foreignBuckets(aws, statements, target.account),
    };
  } catch (error) {
    if (error instanceof Told) return { kind: 'unreadable', because: error.message };
    throw error;
  }
};

const readUrl = async (aws: Aws, named: { FunctionName: string; Qualifier?: string }) => {
  // A version has no URL, and Lambda refuses the question.
  if (/^\d+$/.test(named.Qualifier ?? '')) return undefined;
  const found = await unlessAbsent(
    aws.call('lambda:GetFunctionUrlConfig', named),
    'ResourceNotFoundException',
  );
  return found && { address: found.FunctionUrl ?? '', auth: found.AuthType ?? '' };
};

const countMappings = async (aws: Aws, FunctionName: string): Promise<number> => {
  let count = 0;
  let Marker: string | undefined;
  do {
    const page = await aws.call('lambda:ListEventSourceMappings', {
      FunctionName,
      ...(Marker && { Marker }),
    });
    count += (page.EventSourceMappings ?? []).length;
    Marker = page.NextMarker;
  } while (Marker);
  return count;
};

/** A bucket that does not show itself to its supposed owner may be another account's: its events would stop. */
const foreignBuckets = async (
  aws: Aws,
  statements: readonly Statement[],
  account: string,
): Promise<string[]> => {
  const names = statements.filter(lacksAccount).flatMap(bucketsOf);
  const foreign: string[] = [];
  for (const Bucket of new Set(names)) {
    try {
      await aws.call('s3:GetBucketLocation', { Bucket, ExpectedBucketOwner: account });
    } catch (error) {
      if (!isAwsError(error, 'AccessDenied', 'NoSuchBucket')) throw error;
      foreign.push(Bucket);
    }
  }
  return foreign;
};

const bucketsOf = ({ conditions }: Statement): string[] =>
  conditions
    .filter(({ key }) => key === 'aws:sourcearn')
    .flatMap(({ values }) => values)
    .flatMap((arn) => /^arn:[^:]*:s3:::([\w.-]{3,63})$/.exec(arn)?.[1] ?? []);
