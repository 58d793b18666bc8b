import type * as sdk from '@aws-sdk/client-ec2';
import type { CallsOf } from './calls-of';

export type Ec2Calls = CallsOf<
  typeof sdk,
  'ec2',
  | 'AssociateAddress'
  | 'AuthorizeSecurityGroupEgress'
  | 'AuthorizeSecurityGroupIngress'
  | 'CreateFlowLogs'
  | 'CreateSecurityGroup'
  | 'CreateTags'
  | 'DeleteFlowLogs'
  | 'DeleteTags'
  | 'DescribeAddresses'
  | 'DescribeFlowLogs'
  | 'DescribeInstanceAttribute'
  | 'DescribeInstances'
  | 'DescribeNetworkInterfaces'
  | 'DescribeSecurityGroupRules'
  | 'DescribeSecurityGroups'
  | 'DescribeSnapshotAttribute'
  | 'DescribeSnapshots'
  | 'DescribeVpcs'
  | 'DisassociateAddress'
  | 'ModifyInstanceAttribute'
  | 'ModifyInstanceMetadataOptions'
  | 'ModifyNetworkInterfaceAttribute'
  | 'ModifySnapshotAttribute'
  | 'RevokeSecurityGroupEgress'
  | 'RevokeSecurityGroupIngress'
  | 'StartInstances'
  | 'StopInstances'
>;
