import type * as sdk from '@aws-sdk/client-ec2';
import type { CallsOf } from './calls-of';

export type Ec2Calls = CallsOf<
  typeof sdk,
  'ec2',
  | 'AuthorizeSecurityGroupEgress'
  | 'AuthorizeSecurityGroupIngress'
  | 'CreateFlowLogs'
  | 'DeleteFlowLogs'
  | 'DescribeFlowLogs'
  | 'DescribeInstances'
  | 'DescribeNetworkInterfaces'
  | 'DescribeSecurityGroupRules'
  | 'DescribeSecurityGroups'
  | 'DescribeSnapshotAttribute'
  | 'DescribeSnapshots'
  | 'DescribeVpcs'
  | 'ModifyInstanceMetadataOptions'
  | 'ModifySnapshotAttribute'
  | 'RevokeSecurityGroupEgress'
  | 'RevokeSecurityGroupIngress'
>;
