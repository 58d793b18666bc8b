import {
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetAccountPasswordPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { GetKeyRotationStatusCommand, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { ListFindingsFiltersCommand, Macie2Client } from '@aws-sdk/client-macie2';
import { GetPolicyCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { secondRegion } from '../../sandbox/estate';
import { asAccount } from '../../sandbox/stack';
import type { World } from '../../sandbox/world';
import { workloads } from './road';
import { standingBuckets } from './standing-buckets';
import { each, orNone, type Look, type Standing } from './standing-parts';

const groups: Look = async (settings) => {
  const { SecurityGroupRules = [] } = await new EC2Client(settings).send(
    new DescribeSecurityGroupRulesCommand({}),
  );
  const ids = [...new Set(SecurityGroupRules.map(({ GroupId = '' }) => GroupId))];
  return each(ids, (id) => [
    `group ${id}`,
    // Rule ids are new after an undo: AWS gives no way to choose them.
    SecurityGroupRules.filter(({ GroupId }) => GroupId === id)
      .map((r) =>
        [
          r.IsEgress ? 'out' : 'in',
          r.IpProtocol,
          `${r.FromPort}-${r.ToPort}`,
          r.CidrIpv4 ?? r.CidrIpv6 ?? r.ReferencedGroupInfo?.GroupId,
          r.Description,
        ].join(' '),
      )
      .sort(),
  ]);
};

const instances: Look = async (settings) => {
  const { Reservations = [] } = await new EC2Client(settings).send(
    new DescribeInstancesCommand({}),
  );
  return each(
    Reservations.flatMap(({ Instances = [] }) => Instances),
    ({ InstanceId = '', State, MetadataOptions, SecurityGroups, Tags }) => [
      `instance ${InstanceId}`,
      { state: State?.Name, metadata: MetadataOptions, groups: SecurityGroups, tags: Tags },
    ],
  );
};

const snapshots: Look = async (settings) => {
  const ec2 = new EC2Client(settings);
  const { Snapshots } = await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }));
  return each(Snapshots, async ({ SnapshotId = '' }) => {
    const Attribute = 'createVolumePermission';
    const { CreateVolumePermissions = [] } = await ec2.send(
      new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute }),
    );
    const shared = CreateVolumePermissions.map(({ Group, UserId = '' }) => Group ?? UserId).sort();
    return [`snapshot ${SnapshotId}`, shared];
  });
};

const flowLogs: Look = async (settings) => {
  const { FlowLogs } = await new EC2Client(settings).send(new DescribeFlowLogsCommand({}));
  return each(FlowLogs, ({ ResourceId, TrafficType, LogGroupName, FlowLogStatus }) => [
    `flow log of ${ResourceId}`,
    { TrafficType, LogGroupName, FlowLogStatus },
  ]);
};

const logGroups: Look = async (settings) => {
  const { logGroups: found } = await new CloudWatchLogsClient(settings).send(
    new DescribeLogGroupsCommand({}),
  );
  return each(found, ({ logGroupName, retentionInDays }) => [
    `log group ${logGroupName}`,
    retentionInDays,
  ]);
};

const identities: Look = async (settings) => {
  const iam = new IAMClient(settings);
  const policy = await orNone(
    iam.send(new GetAccountPasswordPolicyCommand({})),
    'NoSuchEntityException',
  );
  const { Users } = await iam.send(new ListUsersCommand({}));
  const keys = await each(Users, async ({ UserName = '' }) => {
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
    return [
      `keys of ${UserName}`,
      Object.fromEntries(AccessKeyMetadata.map((key) => [key.AccessKeyId, key.Status])),
    ];
  });
  return { ...keys, 'password policy': policy?.PasswordPolicy };
};

const keys: Look = async (settings) => {
  const kms = new KMSClient(settings);
  const { Keys } = await kms.send(new ListKeysCommand({}));
  return each(Keys, async ({ KeyId = '' }) => {
    const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    return [`key ${KeyId}`, KeyRotationEnabled];
  });
};

const databases: Look = async (settings) => {
  const { DBInstances } = await new RDSClient(settings).send(new DescribeDBInstancesCommand({}));
  return each(DBInstances, ({ DBInstanceIdentifier, ...it }) => [
    `database ${DBInstanceIdentifier}`,
    {
      public: it.PubliclyAccessible,
      status: it.DBInstanceStatus,
      groups: it.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId),
      waiting: it.PendingModifiedValues,
    },
  ]);
};

const trails: Look = async (settings) => {
  const { trailList } = await new CloudTrailClient(settings).send(new DescribeTrailsCommand({}));
  return each(trailList, ({ Name, ...rest }) => [`trail ${Name}`, rest]);
};

const functions: Look = async (settings) => {
  const lambda = new LambdaClient(settings);
  const { Functions } = await lambda.send(new ListFunctionsCommand({}));
  return each(Functions, async ({ FunctionName = '' }) => {
    const found = await orNone(
      lambda.send(new GetPolicyCommand({ FunctionName })),
      'ResourceNotFoundException',
    );
    const statements = JSON.parse(found?.Policy ?? '{"Statement":[]}').Statement as object[];
    return [`function ${FunctionName}`, statements.map((it) => JSON.stringify(it)).sort()];
  });
};

const filters: Look = async (settings) => {
  const { findingsFilterListItems } = await new Macie2Client(settings).send(
    new ListFindingsFiltersCommand({}),
  );
  return each(findingsFilterListItems, ({ name, action }) => [`filter ${name}`, action]);
};

const here = [
  groups,
  instances,
  snapshots,
  flowLogs,
  logGroups,
  identities,
  keys,
  databases,
  trails,
  functions,
  filters,
  standingBuckets,
];
const abroad = [groups, instances, snapshots];

/** Asks AWS by plain calls, as the account's own administrator. */
export const standing = async ({ urls }: World): Promise<Standing> => {
  const settings = asAccount(urls.edge, workloads);
  const elsewhere = { ...settings, region: secondRegion };
  const found = await Promise.all([
    ...here.map((look) => look(settings)),
    ...abroad.map((look) => look(elsewhere)),
  ]);
  return Object.assign({}, ...found) as Standing;
};

/** What is not as it was: its new state, or `undefined` if it is gone. */
export const changed = (before: Standing, after: Standing): Standing => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const same = (name: string): boolean =>
    JSON.stringify(before[name]) === JSON.stringify(after[name]) &&
    name in before === name in after;
  return Object.fromEntries(names.filter((it) => !same(it)).map((it) => [it, after[it]]));
};
