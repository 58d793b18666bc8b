import type { IncomingHttpHeaders } from 'node:http';

import { restAction } from './rest-actions';
import { s3Also } from './s3-actions';

/** What a signed AWS request says about itself. */
export interface AwsRequest {
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly action: string;
  /** Other IAM actions that the call needs. */
  readonly also: readonly string[];
  readonly protocol: Protocol;
  readonly function: string | undefined;
}

export type Protocol = 'ec2' | 'query' | 'json' | 'rest-json' | 's3';

export interface RawRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Only read for form bodies: that is where query protocols keep the action. */
  readonly form: URLSearchParams | undefined;
}

const iamPrefixes: Readonly<Record<string, string>> = {
  monitoring: 'cloudwatch',
  email: 'ses',
  'execute-api': 'execute-api',
};

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

const scopeOf = ({ url, headers }: RawRequest): string[] | undefined => {
  const signed = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1];
  const scope = (signed ?? url.searchParams.get('X-Amz-Credential'))?.split('/');
  return scope && scope.length >= 5 ? scope : undefined;
};

const protocolOf = (service: string, request: RawRequest): Protocol => {
  if (service === 'ec2') return 'ec2';
  if (service === 's3') return 's3';
  if (request.headers['x-amz-target'] || request.url.pathname.startsWith('/service/'))
    return 'json';
  return request.form ? 'query' : 'rest-json';
};

const actionOf = (service: string, request: RawRequest): string => {
  const { headers, url, form } = request;
  const target = one(headers['x-amz-target'])?.split('.').at(-1);
  const cbor = /^\/service\/[^/]+\/operation\/(\w+)$/.exec(url.pathname)?.[1];
  const named = target ?? cbor ?? form?.get('Action') ?? url.searchParams.get('Action');
  return named ?? restAction(service, request);
};

/** Reads a request's SigV4 scope, action and caller; undefined for unsigned traffic. */
export const readAwsRequest = (request: RawRequest): AwsRequest | undefined => {
  const [accessKeyId, , region, service] = scopeOf(request) ?? [];
  if (!accessKeyId || !region || !service) return undefined;
  // Powertools adds its own mark to the app id that the function was given.
  const agent = (one(request.headers['user-agent']) ?? '').replace(/-PT-\S+/, '');
  return {
    service: iamPrefixes[service] ?? service,
    region,
    accessKeyId,
    action: actionOf(service, request),
    also: service === 's3' ? s3Also(request) : [],
    protocol: protocolOf(service, request),
    function: /\bapp\/([^\s]+)/.exec(agent)?.[1],
  };
};
