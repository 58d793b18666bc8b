import { awsError, type Handlers } from './memory-aws';

interface Group {
  retention: number | undefined;
  /** Names of its streams: an empty group has none. */
  streams: string[];
  /** As CloudWatch Logs tells it: hours late. */
  storedBytes: number;
}

/** Log groups in memory: listed in order and by page, with AWS's error codes. */
export class MemoryLogs {
  readonly groups = new Map<string, Group>();
  pageSize = 50;

  group(name: string, more: Partial<Group> = {}): this {
    this.groups.set(name, { retention: undefined, streams: [], storedBytes: 0, ...more });
    return this;
  }

  #find(name = ''): Group {
    const group = this.groups.get(name);
    if (!group) throw awsError('ResourceNotFoundException');
    return group;
  }

  readonly handlers: Handlers = {
    'logs:DescribeLogGroups': ({ logGroupNamePrefix = '' }) => {
      const names = [...this.groups.keys()].filter((name) => name.startsWith(logGroupNamePrefix));
      const page = names.sort().slice(0, this.pageSize);
      return {
        logGroups: page.map((logGroupName) => {
          const { retention, storedBytes } = this.#find(logGroupName);
          return { logGroupName, storedBytes, ...(retention && { retentionInDays: retention }) };
        }),
        ...(page.length < names.length && { nextToken: 'more' }),
      };
    },
    'logs:DescribeLogStreams': ({ logGroupName, limit }) => ({
      logStreams: this.#find(logGroupName)
        .streams.slice(0, limit)
        .map((logStreamName) => ({ logStreamName })),
    }),
    'logs:CreateLogGroup': ({ logGroupName = '' }) => {
      if (this.groups.has(logGroupName)) throw awsError('ResourceAlreadyExistsException');
      this.group(logGroupName);
      return {};
    },
    'logs:DeleteLogGroup': ({ logGroupName = '' }) => {
      this.#find(logGroupName);
      this.groups.delete(logGroupName);
      return {};
    },
    'logs:PutRetentionPolicy': ({ logGroupName, retentionInDays }) => {
      this.#find(logGroupName).retention = retentionInDays;
      return {};
    },
    'logs:DeleteRetentionPolicy': ({ logGroupName }) => {
      this.#find(logGroupName).retention = undefined;
      return {};
    },
  };
}
