import type { Finding } from '../finding';

/**
 * Is it about an object that a run of the gate is looking at? Such findings are on the run's card. The bucket is named
 * exactly: anybody can give an object elsewhere a key that looks like ours.
 */
export const isOfRun = ({ resources }: Pick<Finding, 'resources'>, stageBucket: string): boolean =>
  resources.some(({ kind, id }) => {
    const [, bucket, key = ''] = /^arn:[a-z-]+:s3:::([^/]+)\/([\s\S]+)$/.exec(id) ?? [];
    return (
      kind === 'AwsS3Object' && bucket === stageBucket && /^gate-[0-9a-z]{10,32}\/\d{6}\//.test(key)
    );
  });
