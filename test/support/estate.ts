import type { Estate } from '../../src/app/ports';
import type { Target } from '../../src/domain/target';
import type { Aws, AwsCall, AwsCalls } from '../../src/operations/aws';
import { awsError } from './memory-aws';

export interface Session {
  target: Target;
  calls: readonly string[];
  who: { name: string; remediation: string };
}

/** Where IAM's name for a call is not its own. */
const actions: { readonly [C in AwsCall]?: string } = {
  'classic-elb:DeregisterInstancesFromLoadBalancer':
    'elasticloadbalancing:DeregisterInstancesFromLoadBalancer',
  'classic-elb:DescribeLoadBalancers': 'elasticloadbalancing:DescribeLoadBalancers',
  'classic-elb:RegisterInstancesWithLoadBalancer':
    'elasticloadbalancing:RegisterInstancesWithLoadBalancer',
  's3:DeleteBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:DeletePublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3control:DeletePublicAccessBlock': 's3:PutAccountPublicAccessBlock',
  's3control:GetPublicAccessBlock': 's3:GetAccountPublicAccessBlock',
  's3control:PutPublicAccessBlock': 's3:PutAccountPublicAccessBlock',
};

/** What a call asks for besides, by a member of its input that is not empty: tags on creation, a role that is passed. */
const besides: Readonly<Record<string, string>> = {
  CloudWatchLogsRoleArn: 'iam:PassRole',
  DeliverLogsPermissionArn: 'iam:PassRole',
  IamInstanceProfile: 'iam:PassRole',
  TagSpecifications: 'ec2:CreateTags',
};

/** What a call asks for besides, whatever it is given: tags, the role that a document runs under, the key of a disk. */
const always: { readonly [C in AwsCall]?: readonly string[] } = {
  'ec2:StartInstances': ['kms:CreateGrant'],
  'ssm:StartAutomationExecution': ['ssm:AddTagsToResource', 'iam:PassRole'],
};

/** The actions that IAM asks for with one call; tools outside AWS are none of its business. */
export const actionsOf = (name: AwsCall, input: object): string[] => [
  ...(/^(https|evidence|clock):/.test(name) ? [] : [actions[name] ?? name]),
  ...(always[name] ?? []),
  ...Object.entries(input).flatMap(([member, value]) => (value && besides[member]) || []),
];

/** An `Aws` that refuses what is not in the list, as a session policy does. */
export const limited = (aws: Aws, calls: readonly string[]): Aws => ({
  async call<C extends AwsCall>(name: C, input: AwsCalls[C][0]) {
    const missing = actionsOf(name, input).find((action) => !calls.includes(action));
    if (missing) throw awsError(`UnauthorizedOperation: the session lacks ${missing}`);
    return aws.call(name, input);
  },
});

export const fakeEstate = (aws: Aws): Estate & { readonly sessions: Session[] } => {
  const sessions: Session[] = [];
  return {
    sessions,
    async session(target, calls, who) {
      sessions.push({ target, calls, who });
      return limited(aws, calls);
    },
  };
};
