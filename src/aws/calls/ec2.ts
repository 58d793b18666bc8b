import {
  EC2Client,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateFlowLogsCommand,
  DeleteFlowLogsCommand,
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  DescribeVpcsCommand,
  ModifyInstanceMetadataOptionsCommand,
  ModifySnapshotAttributeCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { Ec2Calls } from '../../operations/calls/ec2';
import { lazily, type Callers, type SessionConfig } from './callers';

export const ec2Callers = (config: SessionConfig): Callers<keyof Ec2Calls> => {
  const client = lazily(() => new EC2Client(config));
  return {
    'ec2:AuthorizeSecurityGroupEgress': (input) =>
      client().send(new AuthorizeSecurityGroupEgressCommand(input)),
    'ec2:AuthorizeSecurityGroupIngress': (input) =>
      client().send(new AuthorizeSecurityGroupIngressCommand(input)),
    'ec2:CreateFlowLogs': (input) => client().send(new CreateFlowLogsCommand(input)),
    'ec2:DeleteFlowLogs': (input) => client().send(new DeleteFlowLogsCommand(input)),
    'ec2:DescribeFlowLogs': (input) => client().send(new DescribeFlowLogsCommand(input)),
    'ec2:DescribeInstances': (input) => client().send(new DescribeInstancesCommand(input)),
    'ec2:DescribeNetworkInterfaces': (input) =>
      client().send(new DescribeNetworkInterfacesCommand(input)),
    'ec2:DescribeSecurityGroupRules': (input) =>
      client().send(new DescribeSecurityGroupRulesCommand(input)),
    'ec2:DescribeSecurityGroups': (input) =>
      client().send(new DescribeSecurityGroupsCommand(input)),
    'ec2:DescribeSnapshotAttribute': (input) =>
      client().send(new DescribeSnapshotAttributeCommand(input)),
    'ec2:DescribeSnapshots': (input) => client().send(new DescribeSnapshotsCommand(input)),
    'ec2:DescribeVpcs': (input) => client().send(new DescribeVpcsCommand(input)),
    'ec2:ModifyInstanceMetadataOptions': (input) =>
      client().send(new ModifyInstanceMetadataOptionsCommand(input)),
    'ec2:ModifySnapshotAttribute': (input) =>
      client().send(new ModifySnapshotAttributeCommand(input)),
    'ec2:RevokeSecurityGroupEgress': (input) =>
      client().send(new RevokeSecurityGroupEgressCommand(input)),
    'ec2:RevokeSecurityGroupIngress': (input) =>
      client().send(new RevokeSecurityGroupIngressCommand(input)),
  };
};
