import { randomUUID } from 'node:crypto';

import type { Protocol } from './request';

export interface WireError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const xml = (status: number, body: string): WireError => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

/** An error as the service's own protocol writes it, so that the SDK reads its code and message. */
export const wireError = (
  protocol: Protocol,
  code: string,
  message: string,
  status: number,
): WireError => {
  const id = randomUUID();
  const inner = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
  switch (protocol) {
    case 'ec2':
      return xml(
        status,
        `<Response><Errors><Error>${inner}</Error></Errors><RequestID>${id}</RequestID></Response>`,
      );
    case 'query':
      return xml(
        status,
        `<ErrorResponse><Error><Type>Sender</Type>${inner}</Error><RequestId>${id}</RequestId></ErrorResponse>`,
      );
    case 's3':
      return xml(status, `<Error>${inner}<RequestId>${id}</RequestId></Error>`);
    case 'json':
    case 'rest-json':
      return {
        status,
        headers: {
          'content-type': protocol === 'json' ? 'application/x-amz-json-1.1' : 'application/json',
          'x-amzn-requestid': id,
          'x-amzn-errortype': code,
        },
        // Services disagree on the member's case; each reads its own.
        body: JSON.stringify({ __type: code, message, Message: message }),
      };
  }
};

/** AWS's refusal for want of permission: its code and status differ by protocol. */
export const accessDenied = (protocol: Protocol, message: string): WireError => {
  const codes: Record<Protocol, [string, number]> = {
    ec2: ['UnauthorizedOperation', 403],
    query: ['AccessDenied', 403],
    s3: ['AccessDenied', 403],
    json: ['AccessDeniedException', 400],
    'rest-json': ['AccessDeniedException', 403],
  };
  const [code, status] = codes[protocol];
  return wireError(protocol, code, message, status);
};

/** The error code in a response, whichever protocol wrote it. */
export const errorCodeOf = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
): string | undefined => {
  const named = headers['x-amzn-errortype'] ?? headers['x-amzn-query-error'];
  const raw =
    (Array.isArray(named) ? named[0] : named) ??
    /<Code>([^<]+)<\/Code>/.exec(body)?.[1] ??
    /"(?:__type|Code|code)"\s*:\s*"([^"]+)"/.exec(body)?.[1];
  return raw?.split(/[:;]/)[0]?.split('#').at(-1);
};
