/** The parts of an SDK error that say what it means. */
interface Failure {
  name: string;
  message: string;
  status: number;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

export const failureOf = (error: unknown): Failure => {
  if (!(error instanceof Error)) return { name: '', message: String(error), status: 0 };
  const meta = '$metadata' in error ? error.$metadata : undefined;
  const status = isRecord(meta) ? Number(meta['httpStatusCode'] ?? 0) : 0;
  return { name: error.name, message: error.message, status };
};

const goneNames = new Set([
  'NoSuchKey',
  'NoSuchVersion',
  'NotFound',
  'PreconditionFailed',
  // The version is a delete marker.
  'MethodNotAllowed',
]);

/** Client errors that are not about the object: the same call may well succeed later, or for nobody. */
const notTheObject = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidToken',
  'NoSuchBucket',
  'NoSuchUpload',
  'PermanentRedirect',
  'RequestTimeout',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'TooManyRequestsException',
  'UnrecognizedClientException',
]);
const transient = /throttl|slowdown|requestlimit|internalerror|serviceunavailable|timeout/i;

const words: Readonly<Record<string, string>> = {
  AccessDenied: 'no permission',
  InvalidObjectState: 'its storage class is an archive',
  KeyTooLongError: 'its key is too long',
};

/** Gone, refused for good, or undefined: trying again may help. */
export const refusalOf = (
  error: unknown,
): { kind: 'gone' } | { kind: 'refused'; because: string } | undefined => {
  const { name, message, status } = failureOf(error);
  if (goneNames.has(name)) return { kind: 'gone' };
  if (status >= 500 || transient.test(name) || notTheObject.has(name)) return undefined;
  const known = words[name] ?? (name.startsWith('KMS.') ? 'its KMS key is not usable' : undefined);
  if (!known && (status < 400 || [408, 409, 429].includes(status))) return undefined;
  if (!known && status === 404) return { kind: 'gone' };
  if (!known && status === 412) return { kind: 'gone' };
  return { kind: 'refused', because: `${known ?? message.slice(0, 200)} (${name})` };
};
