import type { AddPermissionRequest, FunctionUrlAuthType } from '@aws-sdk/client-lambda';
import { account, region } from './builders';
import { awsError, MemoryAws, type Handlers } from './memory-aws';

interface RawStatement {
  Sid?: string;
  [member: string]: unknown;
}

export interface MemoryFunction {
  statements: RawStatement[];
  revision: number;
  /** A policy text to give out instead of the statements. */
  policy?: string;
  lastModified: string;
  url?: FunctionUrlAuthType;
  sources: string[];
}

/** Lambda's functions in memory as far as their policies go, by `name` or `name:qualifier`: each has a policy of its own. */
export class MemoryLambda extends MemoryAws {
  readonly functions = new Map<string, MemoryFunction>();
  pageSize = 100;
  /** What somebody else does between our read of a policy and our change of it, once. */
  meanwhile: (() => void) | undefined;

  constructor(...more: readonly Handlers[]) {
    // The handlers read fields that exist by the time of the first call.
    const handlers: Handlers = {};
    super(handlers, ...more);
    Object.assign(handlers, this.#calls);
  }

  function(name: string, more: Partial<MemoryFunction> = {}): MemoryFunction {
    const made: MemoryFunction = {
      statements: [],
      revision: 1,
      lastModified: '2026-01-01T00:00:00.000+0000',
      sources: [],
      ...more,
    };
    this.functions.set(name, made);
    return made;
  }

  #find({ FunctionName = '', Qualifier }: Asked): MemoryFunction {
    const found = this.functions.get(Qualifier ? `${FunctionName}:${Qualifier}` : FunctionName);
    if (!found) throw awsError('ResourceNotFoundException');
    return found;
  }

  /** Each change of a policy names the revision that it means to change. */
  #changing(asked: Asked): MemoryFunction {
    const found = this.#find(asked);
    const { meanwhile } = this;
    this.meanwhile = undefined;
    meanwhile?.();
    if (asked.RevisionId !== undefined && asked.RevisionId !== `r${found.revision}`)
      throw awsError('PreconditionFailedException');
    return found;
  }

  readonly #calls: Handlers = {
    'lambda:GetFunctionConfiguration': (asked) => {
      const { lastModified } = this.#find(asked);
      return {
        FunctionName: asked.FunctionName,
        FunctionArn: arnOf(asked),
        LastModified: lastModified,
      };
    },
    'lambda:GetPolicy': (asked) => {
      const { statements, revision, policy } = this.#find(asked);
      if (statements.length === 0 && policy === undefined)
        throw awsError('ResourceNotFoundException');
      const Statement = statements.map((each) => ({ ...each }));
      return {
        Policy: policy ?? JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement }),
        RevisionId: `r${revision}`,
      };
    },
    'lambda:AddPermission': (asked) => {
      const found = this.#changing(asked);
      if (found.statements.some(({ Sid }) => Sid === asked.StatementId))
        throw awsError('ResourceConflictException');
      found.statements = [...found.statements, statementOf(asked)];
      found.revision += 1;
      return {};
    },
    'lambda:RemovePermission': (asked) => {
      const found = this.#changing(asked);
      const rest = found.statements.filter(({ Sid }) => Sid !== asked.StatementId);
      if (rest.length === found.statements.length) throw awsError('ResourceNotFoundException');
      found.statements = rest;
      found.revision += 1;
      return {};
    },
    'lambda:GetFunctionUrlConfig': (asked) => {
      const { url } = this.#find(asked);
      if (!url) throw awsError('ResourceNotFoundException');
      return {
        FunctionUrl: 'https://abc.lambda-url.eu-west-1.on.aws/',
        FunctionArn: arnOf(asked),
        AuthType: url,
        CreationTime: '2026-01-01T00:00:00Z',
        LastModifiedTime: '2026-01-01T00:00:00Z',
      };
    },
    'lambda:ListEventSourceMappings': ({ FunctionName, Marker = '0' }) => {
      const { sources } = this.#find({ FunctionName });
      const end = Number(Marker) + this.pageSize;
      return {
        EventSourceMappings: sources
          .slice(Number(Marker), end)
          .map((EventSourceArn) => ({ EventSourceArn })),
        ...(end < sources.length && { NextMarker: String(end) }),
      };
    },
  };
}

type Asked = {
  FunctionName?: string | undefined;
  Qualifier?: string | undefined;
  RevisionId?: string | undefined;
};

export const arnOf = ({ FunctionName = '', Qualifier }: Asked): string =>
  `arn:aws:lambda:${region}:${account}:function:${FunctionName}${Qualifier ? `:${Qualifier}` : ''}`;

/** The statement that Lambda writes for AddPermission. */
export const statementOf = (asked: AddPermissionRequest): RawStatement => {
  const { Principal = '', SourceArn, InvokedViaFunctionUrl } = asked;
  const equals = {
    ...(asked.SourceAccount && { 'AWS:SourceAccount': asked.SourceAccount }),
    ...(asked.PrincipalOrgID && { 'aws:PrincipalOrgID': asked.PrincipalOrgID }),
    ...(asked.FunctionUrlAuthType && { 'lambda:FunctionUrlAuthType': asked.FunctionUrlAuthType }),
    ...(asked.EventSourceToken && { 'lambda:EventSourceToken': asked.EventSourceToken }),
  };
  const Condition = {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(SourceArn && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
    ...(InvokedViaFunctionUrl !== undefined && {
      Bool: { 'lambda:InvokedViaFunctionUrl': String(InvokedViaFunctionUrl) },
    }),
  };
  return {
    Sid: asked.StatementId ?? '',
    Effect: 'Allow',
    Principal: principalOf(Principal),
    Action: asked.Action,
    Resource: arnOf(asked),
    ...(Object.keys(Condition).length > 0 && { Condition }),
  };
};

const principalOf = (principal: string): unknown => {
  if (principal === '*') return '*';
  if (/\.amazon(aws)?\.com$/.test(principal)) return { Service: principal };
  return { AWS: /^\d+$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
};
