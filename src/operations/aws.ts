import type * as ec2 from '@aws-sdk/client-ec2';

/**
 * Every call that playbooks and operations can make, by `service:Operation`. Types only: the clients live in src/aws, so
 * the catalogue can be loaded where no estate client may be.
 */
export interface AwsCalls {
  'ec2:AuthorizeSecurityGroupIngress': [
    ec2.AuthorizeSecurityGroupIngressCommandInput,
    ec2.AuthorizeSecurityGroupIngressCommandOutput,
  ];
  'ec2:DescribeNetworkInterfaces': [
    ec2.DescribeNetworkInterfacesCommandInput,
    ec2.DescribeNetworkInterfacesCommandOutput,
  ];
  'ec2:DescribeSecurityGroupRules': [
    ec2.DescribeSecurityGroupRulesCommandInput,
    ec2.DescribeSecurityGroupRulesCommandOutput,
  ];
  'ec2:DescribeSecurityGroups': [
    ec2.DescribeSecurityGroupsCommandInput,
    ec2.DescribeSecurityGroupsCommandOutput,
  ];
  'ec2:RevokeSecurityGroupIngress': [
    ec2.RevokeSecurityGroupIngressCommandInput,
    ec2.RevokeSecurityGroupIngressCommandOutput,
  ];
}
export type AwsCall = keyof AwsCalls;

/** A session in one account and region, limited to the actions that it was opened for. */
export interface Aws {
  call<C extends AwsCall>(name: C, input: AwsCalls[C][0]): Promise<AwsCalls[C][1]>;
}

/** The code of an AWS error, whatever class the SDK made of it. */
export const isAwsError = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && codes.includes(error.name);
