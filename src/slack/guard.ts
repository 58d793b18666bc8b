import { createHmac, timingSafeEqual } from 'node:crypto';

/** What API Gateway hands over (payload 2.0), as far as the guard reads it. */
export interface RawRequest {
  headers?: Record<string, string | undefined>;
  body?: string | undefined;
  isBase64Encoded?: boolean;
  requestContext?: { http?: { method?: string } };
}

export type Guarded =
  | { ok: true; headers: Record<string, string>; body: string; signature: string }
  | { ok: false; status: 400 | 401 | 405 | 413 | 415; because: string };

/** Seconds that a request may be old, or ahead of our clock. Bolt only checks the first. */
const window = 300;
/** Slack's largest payload, a view of 250 KB, doubles by form encoding. */
const maxBytes = 1_000_000;

const refuse = (status: Exclude<Guarded, { ok: true }>['status'], because: string): Guarded => ({
  ok: false,
  status,
  because,
});

/**
 * The wall in front of Bolt: only a signed, fresh, well-formed request passes, in the one form that Bolt's receiver reads
 * right (lower-case headers, bare content type, text body). It never throws.
 * @param secrets the current signing secret, and the previous one while it is being rotated
 */
export const guard = (request: RawRequest, secrets: readonly string[], now: Date): Guarded => {
  const method = request.requestContext?.http?.method;
  if (method !== 'POST') return refuse(405, 'only POST');
  const headers = lowerCase(request.headers ?? {});
  const raw = Buffer.from(request.body ?? '', request.isBase64Encoded ? 'base64' : 'utf8');
  if (raw.length > maxBytes) return refuse(413, 'too large');
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/json' && type !== 'application/x-www-form-urlencoded')
    return refuse(415, 'neither JSON nor a form');
  const signature = headers['x-slack-signature'] ?? '';
  const at = headers['x-slack-request-timestamp'] ?? '';
  if (!isFresh(at, now)) return refuse(401, 'timestamp');
  if (!secrets.some((secret) => isSigned(raw, at, signature, secret)))
    return refuse(401, 'signature');
  const body = raw.toString('utf8');
  if (!isWellFormed(type, body)) return refuse(400, 'malformed');
  return { ok: true, headers: { ...headers, 'content-type': type }, body, signature };
};

const lowerCase = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), value]],
    ),
  );

const isFresh = (at: string, now: Date): boolean =>
  /^\d{1,12}$/.test(at) && Math.abs(now.getTime() / 1000 - Number(at)) <= window;

const isSigned = (raw: Buffer, at: string, signature: string, secret: string): boolean => {
  if (secret === '') return false;
  const expected = `v0=${createHmac('sha256', secret).update(`v0:${at}:`).update(raw).digest('hex')}`;
  const [a, b] = [Buffer.from(expected), Buffer.from(signature)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Bolt parses without a net, so what it will parse is parsed here first. */
const isWellFormed = (type: string, body: string): boolean => {
  const json = type === 'application/json' ? body : new URLSearchParams(body).get('payload');
  if (json === null) return true;
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
};
