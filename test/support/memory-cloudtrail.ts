import type { Trail } from '@aws-sdk/client-cloudtrail';
import { account, region } from './builders';
import { awsError, type Handlers } from './memory-aws';
import type { MemoryLogs } from './memory-logs';

export const trailArn = (name: string, home = region, owner = account): string =>
  `arn:aws:cloudtrail:${home}:${owner}:trail/${name}`;

/** Trails as one account and Region see them. Changes are refused as CloudTrail refuses them. */
export class MemoryCloudTrail {
  readonly trails: Trail[] = [];
  readonly #logs: MemoryLogs | undefined;

  /** @param logs where log groups are looked up when one is attached */
  constructor(logs?: MemoryLogs) {
    this.#logs = logs;
  }

  trail(more: Trail = {}): this {
    const { Name = 'main', HomeRegion = region } = more;
    this.trails.push({
      Name,
      TrailARN: trailArn(Name, HomeRegion),
      HomeRegion,
      S3BucketName: 'trail-logs',
      IsMultiRegionTrail: true,
      IsOrganizationTrail: false,
      IncludeGlobalServiceEvents: true,
      LogFileValidationEnabled: false,
      ...more,
    });
    return this;
  }

  #find(name = ''): Trail {
    const trail = this.trails.find(({ Name, TrailARN }) => Name === name || TrailARN === name);
    if (!trail) throw awsError('TrailNotFoundException');
    return trail;
  }

  #attach(trail: Trail, group: string, role: string): void {
    if ((group === '') !== (role === '')) throw awsError('InvalidParameterCombinationException');
    if (group === '') {
      delete trail.CloudWatchLogsLogGroupArn;
      delete trail.CloudWatchLogsRoleArn;
      return;
    }
    const name = group.replace(/:\*$/, '').split(':').slice(6).join(':');
    if (!this.#logs?.groups.has(name)) throw awsError('InvalidCloudWatchLogsLogGroupArnException');
    Object.assign(trail, { CloudWatchLogsLogGroupArn: group, CloudWatchLogsRoleArn: role });
  }

  readonly handlers: Handlers = {
    'cloudtrail:DescribeTrails': ({ includeShadowTrails = true }) => ({
      trailList: this.trails
        .filter(({ HomeRegion }) => includeShadowTrails || HomeRegion === region)
        .map((trail) => ({ ...trail })),
    }),
    'cloudtrail:GetTrail': ({ Name }) => ({ Trail: { ...this.#find(Name) } }),
    'cloudtrail:UpdateTrail': ({ Name, ...change }) => {
      const trail = this.#find(Name);
      if (trail.HomeRegion !== region) throw awsError('InvalidHomeRegionException');
      if (trail.IsOrganizationTrail && trail.TrailARN?.split(':')[4] !== account)
        throw awsError('NotOrganizationMasterAccountException');
      const { CloudWatchLogsLogGroupArn: group, CloudWatchLogsRoleArn: role } = change;
      if (group !== undefined || role !== undefined) this.#attach(trail, group ?? '', role ?? '');
      // What is not sent stays as it is.
      if (change.EnableLogFileValidation !== undefined)
        trail.LogFileValidationEnabled = change.EnableLogFileValidation;
      return {};
    },
  };
}
