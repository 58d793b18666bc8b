import type { FlowLog } from '@aws-sdk/client-ec2';
import { aTarget } from '../../support/builders';
import { MemoryAws } from '../../support/memory-aws';
import { MemoryFlowLogs } from '../../support/memory-flow-logs';
import { MemoryLogs } from '../../support/memory-logs';
import { roles } from './delivery-roles';
import type { Worlds } from './worlds';

const vpcWith = (flowLog: FlowLog) => () => {
  const flowLogs = new MemoryFlowLogs().vpc('vpc-1').flowLog('vpc-1', flowLog);
  flowLogs.interfaces.push('vpc-1', 'vpc-1', 'vpc-2');
  return new MemoryAws(flowLogs.handlers, new MemoryLogs().handlers, roles('DrawbridgeFlowLogs'));
};

export const logVpcFlow: Worlds = {
  target: { ...aTarget, kind: 'AwsEc2Vpc', id: 'vpc-1' },
  toChange: vpcWith({ TrafficType: 'ACCEPT', LogGroupName: 'web' }),
  compliant: vpcWith({ TrafficType: 'ALL', LogGroupName: 'all' }),
};
