import { canonical, hash, type Json } from '../../domain/canonical';
import { Told } from '../../domain/errors';
import { unlessAbsent } from '../absent';
import type { Aws } from '../aws';
import { parsePolicy, type Statement } from '../policy-document';

/** One object that nobody may read but those who are named. */
export type DenyObjectRead = {
  readonly bucket: string;
  readonly key: string;
  readonly account: string;
  readonly partition: string;
  /** ARNs of roles that may read it still. */
  readonly except: readonly string[];
};

/** A bucket's policy as it is written, so that what others wrote goes back letter by letter. */
export interface Document {
  readonly statements: readonly Json[];
  readonly rest: { readonly [member: string]: Json | undefined };
}

export type Of = { readonly Bucket: string; readonly ExpectedBucketOwner: string };

export const bucketOf = ({ bucket, account }: Pick<DenyObjectRead, 'bucket' | 'account'>): Of => ({
  Bucket: bucket,
  ExpectedBucketOwner: account,
});

/** S3 takes 20 KB of policy per bucket. */
export const mostOfPolicy = 20_480;

/** These mean something else in a policy, so a key with one of them cannot be named there alone. */
export const isNameable = (key: string): boolean => !/[*?$]/.test(key);

/** Undefined where the bucket has no policy. */
export const readDocument = async (aws: Aws, of: Of): Promise<Document | undefined> => {
  const found = await unlessAbsent(aws.call('s3:GetBucketPolicy', of), 'NoSuchBucketPolicy');
  if (!found) return undefined;
  const policy = objectIn(found.Policy ?? '');
  if (!policy) throw new Told(`The policy of ${of.Bucket} has a form that is not known here.`);
  const { Statement = [], ...rest } = policy;
  return { statements: isList(Statement) ? Statement : [Statement], rest };
};

const objectIn = (text: string): Document['rest'] | undefined => {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is Document['rest'] =>
  typeof value === 'object' && value !== null && !isList(value);

/** By key, so that each object has a statement of its own; letters and digits only. */
const sidOf = ({ key }: DenyObjectRead): string => `DrawbridgeQuarantine${hash(key).slice(0, 16)}`;

/**
 * Whoever has no ARN, the public and AWS services among them, is denied too: a negated condition holds where its key is
 * missing. Nothing here denies changing the policy, so nobody is locked out of it, Drawbridge least of all.
 */
const denialOf = (input: DenyObjectRead): Document['rest'] => ({
  Sid: sidOf(input),
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:GetObject*',
  Resource: `arn:${input.partition}:s3:::${input.bucket}/${input.key}`,
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': [...input.except] } },
});

/** Where the denial stands: none has our name, ours stands as we wrote it, or somebody has rewritten it. */
export const standingOf = (
  { statements }: Document,
  input: DenyObjectRead,
): 'none' | 'ours' | 'altered' => {
  const named = statements.filter((each) => isNamed(each, input));
  if (named.length === 0) return 'none';
  const [only] = named;
  return named.length === 1 && only !== undefined && means(only) === means(denialOf(input))
    ? 'ours'
    : 'altered';
};

const isNamed = (statement: Json, input: DenyObjectRead): boolean =>
  isObject(statement) && statement['Sid'] === sidOf(input);

const means = (statement: Json): string => {
  const parsed: readonly Statement[] | undefined = parsePolicy(
    JSON.stringify({ Statement: statement }),
  );
  return parsed ? canonical(parsed) : 'unknown';
};

export const without = ({ statements, rest }: Document, input: DenyObjectRead): Document => ({
  rest,
  statements: statements.filter((each) => !isNamed(each, input)),
});

/** The policy with the denial in it, as it is sent to S3. */
export const withDenial = (found: Document | undefined, input: DenyObjectRead): string =>
  textOf({
    rest: found?.rest ?? { Version: '2012-10-17' },
    statements: [...(found?.statements ?? []), denialOf(input)],
  });

export const textOf = ({ statements, rest }: Document): string =>
  JSON.stringify({ ...rest, Statement: statements });

export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
