import {
  EC2Client,
  AuthorizeSecurityGroupIngressCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { Ec2Calls } from '../../operations/calls/ec2';
import { lazily, type Callers, type SessionConfig } from './callers';

export const ec2Callers = (config: SessionConfig): Callers<keyof Ec2Calls> => {
  const client = lazily(() => new EC2Client(config));
  return {
    'ec2:AuthorizeSecurityGroupIngress': (input) =>
      client().send(new AuthorizeSecurityGroupIngressCommand(input)),
    'ec2:DescribeNetworkInterfaces': (input) =>
      client().send(new DescribeNetworkInterfacesCommand(input)),
    'ec2:DescribeSecurityGroupRules': (input) =>
      client().send(new DescribeSecurityGroupRulesCommand(input)),
    'ec2:DescribeSecurityGroups': (input) =>
      client().send(new DescribeSecurityGroupsCommand(input)),
    'ec2:RevokeSecurityGroupIngress': (input) =>
      client().send(new RevokeSecurityGroupIngressCommand(input)),
  };
};
