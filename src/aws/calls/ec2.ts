import {
  EC2Client,
  AssociateAddressCommand,
  AssociateIamInstanceProfileCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateFlowLogsCommand,
  CreateSecurityGroupCommand,
  CreateSnapshotCommand,
  CreateSnapshotsCommand,
  CreateTagsCommand,
  DeleteFlowLogsCommand,
  DeleteTagsCommand,
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstanceTypesCommand,
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  DisassociateAddressCommand,
  DisassociateIamInstanceProfileCommand,
  GetConsoleOutputCommand,
  GetConsoleScreenshotCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceMetadataOptionsCommand,
  ModifyNetworkInterfaceAttributeCommand,
  ModifySnapshotAttributeCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import type { Ec2Calls } from '../../operations/calls/ec2';
import { lazily, type Callers, type SessionConfig } from './callers';

export const ec2Callers = (config: SessionConfig): Callers<keyof Ec2Calls> => {
  const client = lazily(() => new EC2Client(config));
  return {
    'ec2:AssociateAddress': (input) => client().send(new AssociateAddressCommand(input)),
    'ec2:AssociateIamInstanceProfile': (input) =>
      client().send(new AssociateIamInstanceProfileCommand(input)),
    'ec2:AuthorizeSecurityGroupEgress': (input) =>
      client().send(new AuthorizeSecurityGroupEgressCommand(input)),
    'ec2:AuthorizeSecurityGroupIngress': (input) =>
      client().send(new AuthorizeSecurityGroupIngressCommand(input)),
    'ec2:CreateFlowLogs': (input) => client().send(new CreateFlowLogsCommand(input)),
    'ec2:CreateSecurityGroup': (input) => client().send(new CreateSecurityGroupCommand(input)),
    'ec2:CreateSnapshot': (input) => client().send(new CreateSnapshotCommand(input)),
    'ec2:CreateSnapshots': (input) => client().send(new CreateSnapshotsCommand(input)),
    'ec2:CreateTags': (input) => client().send(new CreateTagsCommand(input)),
    'ec2:DeleteFlowLogs': (input) => client().send(new DeleteFlowLogsCommand(input)),
    'ec2:DeleteTags': (input) => client().send(new DeleteTagsCommand(input)),
    'ec2:DescribeAddresses': (input) => client().send(new DescribeAddressesCommand(input)),
    'ec2:DescribeFlowLogs': (input) => client().send(new DescribeFlowLogsCommand(input)),
    'ec2:DescribeIamInstanceProfileAssociations': (input) =>
      client().send(new DescribeIamInstanceProfileAssociationsCommand(input)),
    'ec2:DescribeInstanceAttribute': (input) =>
      client().send(new DescribeInstanceAttributeCommand(input)),
    'ec2:DescribeInstanceTypes': (input) => client().send(new DescribeInstanceTypesCommand(input)),
    'ec2:DescribeInstances': (input) => client().send(new DescribeInstancesCommand(input)),
    'ec2:DescribeNetworkAcls': (input) => client().send(new DescribeNetworkAclsCommand(input)),
    'ec2:DescribeNetworkInterfaces': (input) =>
      client().send(new DescribeNetworkInterfacesCommand(input)),
    'ec2:DescribeRouteTables': (input) => client().send(new DescribeRouteTablesCommand(input)),
    'ec2:DescribeSecurityGroupRules': (input) =>
      client().send(new DescribeSecurityGroupRulesCommand(input)),
    'ec2:DescribeSecurityGroups': (input) =>
      client().send(new DescribeSecurityGroupsCommand(input)),
    'ec2:DescribeSnapshotAttribute': (input) =>
      client().send(new DescribeSnapshotAttributeCommand(input)),
    'ec2:DescribeSnapshots': (input) => client().send(new DescribeSnapshotsCommand(input)),
    'ec2:DescribeVolumes': (input) => client().send(new DescribeVolumesCommand(input)),
    'ec2:DescribeVpcs': (input) => client().send(new DescribeVpcsCommand(input)),
    'ec2:DisassociateAddress': (input) => client().send(new DisassociateAddressCommand(input)),
    'ec2:DisassociateIamInstanceProfile': (input) =>
      client().send(new DisassociateIamInstanceProfileCommand(input)),
    'ec2:GetConsoleOutput': (input) => client().send(new GetConsoleOutputCommand(input)),
    'ec2:GetConsoleScreenshot': (input) => client().send(new GetConsoleScreenshotCommand(input)),
    'ec2:ModifyInstanceAttribute': (input) =>
      client().send(new ModifyInstanceAttributeCommand(input)),
    'ec2:ModifyInstanceMetadataOptions': (input) =>
      client().send(new ModifyInstanceMetadataOptionsCommand(input)),
    'ec2:ModifyNetworkInterfaceAttribute': (input) =>
      client().send(new ModifyNetworkInterfaceAttributeCommand(input)),
    'ec2:ModifySnapshotAttribute': (input) =>
      client().send(new ModifySnapshotAttributeCommand(input)),
    'ec2:RevokeSecurityGroupEgress': (input) =>
      client().send(new RevokeSecurityGroupEgressCommand(input)),
    'ec2:RevokeSecurityGroupIngress': (input) =>
      client().send(new RevokeSecurityGroupIngressCommand(input)),
    'ec2:StartInstances': (input) => client().send(new StartInstancesCommand(input)),
    'ec2:StopInstances': (input) => client().send(new StopInstancesCommand(input)),
  };
};
