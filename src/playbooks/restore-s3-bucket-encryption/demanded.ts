import type { Condition, Statement } from '../../operations/policy-document';

/** Keys without which the policy denies an upload: what owners wrote down of how the bucket is meant to be. */
export const demandedKeys = (statements: readonly Statement[]): string[] => [
  ...new Set(
    statements
      .filter(({ effect, actions }) => effect === 'Deny' && actions.some(isUpload))
      .flatMap(({ conditions }) => conditions.filter(isOfKey))
      .flatMap(({ values }) => values),
  ),
];

const isUpload = (action: string): boolean => /^(\*|s3:(\*|put\*|putobject\*?))$/i.test(action);

const isOfKey = ({ operator, key }: Condition): boolean =>
  key === 's3:x-amz-server-side-encryption-aws-kms-key-id' &&
  /^(string|arn)not(equals|like)(ifexists)?$/.test(operator);
