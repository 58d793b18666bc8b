import type { IncomingHttpHeaders } from 'node:http';
import type { Service } from './call';

export interface Caller {
  account: string;
  region: string;
  service: Service | undefined;
}

// Credential=<key id>/<date>/<region>/<service>/aws4_request
const scope = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;
const account = /^\d{12}$/;

const services = ['macie2', 'securityhub', 'ssm', 'states'] as const;

function serviceOf(signingName: string | undefined): Service | undefined {
  return services.find((service) => service === signingName);
}

/** Reads the SigV4 credential scope; the signature itself is not checked. */
export function callerOf(headers: IncomingHttpHeaders, fallback: string): Caller {
  const [, key = '', region = 'us-east-1', signingName] =
    scope.exec(headers.authorization ?? '') ?? [];
  const told = headers['x-sandbox-account'];
  const candidates = [typeof told === 'string' ? told : '', key];
  return {
    account: candidates.find((candidate) => account.test(candidate)) ?? fallback,
    region,
    service: serviceOf(signingName),
  };
}
