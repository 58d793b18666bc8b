import { randomBytes, randomUUID } from 'node:crypto';

import type { PolicyDocument, Role, Session } from './types';
import { accessDenied, wireError, type WireError } from './wire-error';

/** Who makes an STS call: an account with its root, or a session. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

const answer = (action: string, result: string): WireError => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body:
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">` +
    `<${action}Result>${result}</${action}Result>` +
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
});

const trusts = (role: Role, caller: Caller): boolean =>
  role.principals.some(
    (principal) =>
      principal === caller.arn ||
      principal === caller.account ||
      principal === `arn:aws:iam::${caller.account}:root`,
  );

const parsePolicy = (text: string): PolicyDocument | undefined => {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'Statement' in parsed
      ? (parsed as PolicyDocument)
      : undefined;
  } catch {
    return undefined;
  }
};

const assumedArn = (session: Session): string =>
  `arn:aws:sts::${session.account}:assumed-role/${session.role.arn.split('/').at(-1) ?? ''}/${session.name}`;

export class SecurityTokenService {
  private readonly roles: () => readonly Role[];
  private readonly sessions = new Map<string, Session>();

  constructor(roles: () => readonly Role[]) {
    this.roles = roles;
  }

  sessionOf(accessKeyId: string): Session | undefined {
    return this.sessions.get(accessKeyId);
  }

  forget(): void {
    this.sessions.clear();
  }

  answer(action: string, form: URLSearchParams, caller: Caller): WireError {
    if (action === 'AssumeRole') return this.assumeRole(form, caller);
    if (action === 'GetCallerIdentity') {
      return answer(
        action,
        `<Arn>${caller.arn}</Arn><UserId>${caller.account}</UserId><Account>${caller.account}</Account>`,
      );
    }
    return wireError('query', 'InvalidAction', `The sandbox's STS does not know ${action}`, 400);
  }

  callerOf(session: Session): Caller {
    return { account: session.account, arn: assumedArn(session) };
  }

  private assumeRole(form: URLSearchParams, caller: Caller): WireError {
    const arn = form.get('RoleArn') ?? '';
    const name = form.get('RoleSessionName') ?? '';
    const invalid = (message: string): WireError =>
      wireError('query', 'ValidationError', message, 400);
    if (!/^[\w+=,.@-]{2,64}$/.test(name)) return invalid(`Invalid RoleSessionName "${name}"`);
    const text = form.get('Policy');
    if (text && text.length > 2048) return invalid('The session policy exceeds 2,048 characters');
    const policy = text ? parsePolicy(text) : undefined;
    if (text && !policy) {
      return wireError(
        'query',
        'MalformedPolicyDocument',
        'The session policy is not valid JSON',
        400,
      );
    }
    // AWS does not tell a missing role, an untrusted caller and a wrong ExternalId apart.
    const role = this.roles().find((it) => it.arn === arn);
    const admitted =
      role && trusts(role, caller) && (role.externalId ?? null) === form.get('ExternalId');
    if (!admitted) {
      return accessDenied(
        'query',
        `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      );
    }
    const sourceIdentity = form.get('SourceIdentity');
    const session: Session = {
      accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
      account: arn.split(':')[4] ?? '',
      role,
      name,
      policies: policy ? [policy] : [],
      ...(sourceIdentity ? { sourceIdentity } : {}),
      expires: Date.now() + Number(form.get('DurationSeconds') ?? 3600) * 1000,
    };
    this.sessions.set(session.accessKeyId, session);
    return answer(
      'AssumeRole',
      `<Credentials><AccessKeyId>${session.accessKeyId}</AccessKeyId>` +
        `<SecretAccessKey>${randomBytes(20).toString('hex')}</SecretAccessKey>` +
        `<SessionToken>${randomBytes(32).toString('hex')}</SessionToken>` +
        `<Expiration>${new Date(session.expires).toISOString()}</Expiration></Credentials>` +
        `<AssumedRoleUser><AssumedRoleId>AROASANDBOX:${name}</AssumedRoleId>` +
        `<Arn>${assumedArn(session)}</Arn></AssumedRoleUser>` +
        (sourceIdentity ? `<SourceIdentity>${sourceIdentity}</SourceIdentity>` : ''),
    );
  }
}
