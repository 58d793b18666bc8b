import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { AwsCall, AwsCalls } from '../operations/aws';

export interface SessionConfig {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
}

type Caller<C extends AwsCall> = (input: AwsCalls[C][0]) => Promise<AwsCalls[C][1]>;

/** One line per call: the only place where the estate's clients and commands are named. */
export const callersFor = (config: SessionConfig): { [C in AwsCall]: Caller<C> } => {
  const ec2 = new EC2Client({ ...config, maxAttempts: 4 });
  return {
    'ec2:AuthorizeSecurityGroupIngress': (input) =>
      ec2.send(new AuthorizeSecurityGroupIngressCommand(input)),
    'ec2:DescribeNetworkInterfaces': (input) =>
      ec2.send(new DescribeNetworkInterfacesCommand(input)),
    'ec2:DescribeSecurityGroupRules': (input) =>
      ec2.send(new DescribeSecurityGroupRulesCommand(input)),
    'ec2:DescribeSecurityGroups': (input) => ec2.send(new DescribeSecurityGroupsCommand(input)),
    'ec2:RevokeSecurityGroupIngress': (input) =>
      ec2.send(new RevokeSecurityGroupIngressCommand(input)),
  };
};
