import type { FlowLog, UnsuccessfulItem, Vpc } from '@aws-sdk/client-ec2';
import { account } from './builders';
import { awsError, type Handlers } from './memory-aws';

/** VPCs, their network interfaces and flow logs in memory: by page, one flow log per VPC and destination. */
export class MemoryFlowLogs {
  readonly vpcs: Vpc[] = [];
  readonly flowLogs: FlowLog[] = [];
  /** `vpc-…` of each network interface. */
  readonly interfaces: string[] = [];
  pageSize = 1000;
  /** What EC2 answers beside its success instead of doing anything. */
  unsuccessful: UnsuccessfulItem | undefined;
  #ids = 0;

  vpc(VpcId: string, more: Vpc = {}): this {
    this.vpcs.push({ VpcId, OwnerId: account, CidrBlock: '10.0.0.0/16', ...more });
    return this;
  }

  flowLog(ResourceId: string, more: FlowLog = {}): this {
    this.#ids += 1;
    this.flowLogs.push({
      FlowLogId: `fl-${this.#ids}`,
      ResourceId,
      FlowLogStatus: 'ACTIVE',
      TrafficType: 'REJECT',
      LogDestinationType: 'cloud-watch-logs',
      ...more,
    });
    return this;
  }

  readonly handlers: Handlers = {
    'ec2:DescribeVpcs': ({ VpcIds = [] }) => {
      const found = this.vpcs.filter(({ VpcId = '' }) => VpcIds.includes(VpcId));
      if (found.length < VpcIds.length) throw awsError('InvalidVpcID.NotFound');
      return { Vpcs: found };
    },
    'ec2:DescribeNetworkInterfaces': ({ Filters = [], NextToken }) => {
      const vpc = Filters[0]?.Values?.[0];
      const { items, ...page } = this.#page(
        this.interfaces.filter((each) => each === vpc),
        NextToken,
      );
      return { NetworkInterfaces: items.map((VpcId) => ({ VpcId })), ...page };
    },
    'ec2:DescribeFlowLogs': ({ Filter = [], NextToken }) => {
      const resource = Filter[0]?.Values?.[0];
      const { items, ...page } = this.#page(
        this.flowLogs.filter(({ ResourceId }) => ResourceId === resource),
        NextToken,
      );
      return { FlowLogs: items.map((each) => ({ ...each })), ...page };
    },
    'ec2:CreateFlowLogs': ({
      ResourceIds = [],
      TrafficType,
      LogGroupName,
      DeliverLogsPermissionArn,
    }) => {
      if (this.unsuccessful) return { Unsuccessful: [this.unsuccessful] };
      if (!DeliverLogsPermissionArn) throw awsError('InvalidParameter');
      const [vpc = ''] = ResourceIds;
      const same = (each: FlowLog) => each.ResourceId === vpc && each.LogGroupName === LogGroupName;
      if (this.flowLogs.some(same)) throw awsError('FlowLogAlreadyExists');
      this.flowLog(vpc, { TrafficType, LogGroupName, DeliverLogsPermissionArn });
      return { FlowLogIds: [`fl-${this.#ids}`] };
    },
    'ec2:DeleteFlowLogs': ({ FlowLogIds = [] }) => {
      if (this.unsuccessful) return { Unsuccessful: [this.unsuccessful] };
      for (const id of FlowLogIds) {
        const at = this.flowLogs.findIndex(({ FlowLogId }) => FlowLogId === id);
        if (at === -1) throw awsError('InvalidFlowLogId.NotFound');
        this.flowLogs.splice(at, 1);
      }
      return {};
    },
  };

  #page<T>(all: readonly T[], token = '0') {
    const end = Number(token) + this.pageSize;
    return {
      items: all.slice(Number(token), end),
      ...(end < all.length && { NextToken: String(end) }),
    };
  }
}
