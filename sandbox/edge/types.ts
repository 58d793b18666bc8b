export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: Statement | readonly Statement[];
}

/** A role of the estate that may be assumed through the edge. */
export interface Role {
  readonly arn: string;
  /** ARNs that may assume it: an account's `:root` admits the whole account. */
  readonly principals: readonly string[];
  readonly externalId?: string;
  /** What the role itself allows; a session policy can only narrow it. */
  readonly policies: readonly PolicyDocument[];
}

/** What AssumeRole handed out: whoever signs with its key acts as this session. */
export interface Session {
  readonly accessKeyId: string;
  readonly account: string;
  readonly role: Role;
  readonly name: string;
  readonly policies: readonly PolicyDocument[];
  readonly sourceIdentity?: string;
  readonly expires: number;
}

export type Target = 'ministack' | 'moto' | 'hub' | 'sts';

/** One AWS call as the edge saw it. */
export interface Call {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Who called: the `app/<id>` of the User-Agent, so `drawbridge-<function>` for the product's Lambdas. */
  readonly function: string | undefined;
  /** IAM service prefix, e.g. `ec2`. */
  readonly service: string;
  /** IAM action name without the prefix, e.g. `RevokeSecurityGroupIngress`. */
  readonly action: string;
  /** Other IAM actions of the service that the call needs, such as reading the source of a copy. */
  readonly also: readonly string[];
  readonly region: string;
  readonly account: string;
  /** ARN of the assumed role, where there is one. */
  readonly role: string | undefined;
  readonly session: string | undefined;
  readonly sessionPolicies: readonly PolicyDocument[];
  readonly target: Target;
  readonly status: number;
  /** AWS error code of a refused call. */
  readonly error: string | undefined;
  readonly milliseconds: number;
}

/** Which calls are meant; what is left out matches all. */
export interface CallMatch {
  readonly service?: string;
  readonly action?: string;
  readonly function?: string;
  readonly account?: string;
  /** Calls of an assumed role only, or only those of others. */
  readonly assumed?: boolean;
}

export interface Fault {
  /** How many matching calls it hits; 1 unless given, without end for those with a chance. */
  readonly times?: number;
  /** The share of matching calls that it hits, 0 to 1, by a pseudo-random row that is the same in each run. */
  readonly chance?: number;
  /** An AWS error code, written in the service's own protocol. */
  readonly error?: string;
  readonly status?: number;
  readonly latencyMs?: number;
  /** `before`: the connection breaks and nothing happened. `after`: it happened, the answer is lost. */
  readonly reset?: 'before' | 'after';
}

export interface ServiceEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: object;
  readonly resources?: readonly string[];
  readonly time?: string;
  readonly region?: string;
  readonly account?: string;
}

/** A Lambda invocation that failed, whoever invoked it. */
export interface FunctionFailure {
  readonly at: number;
  readonly function: string;
  readonly type: string;
  readonly message: string;
  readonly trace: readonly string[];
}
