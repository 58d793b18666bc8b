import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { botAccount, externalId, workloads } from '../../sandbox/estate';
import { asAccount } from '../../sandbox/stack';
import { estateThrough } from '../../src/aws/estate';
import { operations } from '../../src/operations';
import { playbooks } from '../../src/playbooks';
import { startLocalAws, type LocalAws } from '../sandbox/estate/local-aws';
import { actionsIn, memberRole } from './chain';
import { targetIn } from './moto/target';

let aws: LocalAws;
const who = { name: 'test', remediation: 'rem-0000000000' };
const calls = ['ec2:DescribeSecurityGroups'];
const role = { name: 'DrawbridgeResponder', externalId, partition: 'aws' };
// No session here takes any.
const evidence = {
  s3: new S3Client({}),
  bucket: 'none',
  sleep: async () => {},
  now: () => new Date(),
};
const tools = { endpoints: [], secretOf: () => Promise.resolve(''), now: () => new Date() };

beforeAll(async () => {
  aws = await startLocalAws();
  process.env['AWS_ENDPOINT_URL'] = aws.edge.url;
}, 60_000);
afterAll(async () => {
  delete process.env['AWS_ENDPOINT_URL'];
  await aws.close();
});

const estateOf = (account: string, more: Partial<typeof role> = {}) =>
  estateThrough(
    new STSClient(asAccount(aws.edge.url, account)),
    { ...role, ...more },
    tools,
    evidence,
  );
const target = targetIn('AwsEc2SecurityGroup', 'sg-0');

describe('a session of a step', () => {
  it('sees the account of its target, and no other (law 14)', async () => {
    const seen = async (account: string) => {
      const ec2 = new EC2Client(asAccount(aws.edge.url, account));
      const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
      return SecurityGroups.map(({ GroupId }) => GroupId);
    };
    const [theirs, ours] = [await seen(workloads), await seen(botAccount)];
    const session = await estateOf(botAccount).session(target, calls, who);

    const { SecurityGroups = [] } = await session.call('ec2:DescribeSecurityGroups', {});

    const found = SecurityGroups.map(({ GroupId }) => GroupId);
    expect(found).toEqual(theirs);
    expect(found.filter((id) => ours.includes(id))).toEqual([]);
  });

  it('is refused what its step did not declare', async () => {
    const session = await estateOf(botAccount).session(target, calls, who);

    await expect(session.call('ec2:DescribeInstances', {})).rejects.toThrow(/no session policy/);
  });

  it('is given to nobody with another external id, and to no other account', async () => {
    const stranger = estateOf(botAccount, { externalId: 'guessed' });
    const neighbour = estateOf('999988887777');

    await expect(stranger.session(target, calls, who)).rejects.toThrow(/not authorized/);
    await expect(neighbour.session(target, calls, who)).rejects.toThrow(/not authorized/);
  });
});

describe('the role of a member account', () => {
  const declared = new Set([
    ...playbooks.flatMap(({ permissions }) => permissions),
    ...operations.flatMap(({ permissions }) => Object.values(permissions).flat()),
  ]);

  it('is granted exactly what playbooks and operations declare, both ways', () => {
    const optional = /^(ssm:(Start|Describe|Get|AddTags)|states:|iam:PassRole)/;
    const granted = actionsIn(memberRole.policies);
    const fixed = (actions: Iterable<string>) =>
      [...actions].filter((action) => !optional.test(action)).sort();

    expect(fixed(granted)).toEqual(fixed(declared));
  });

  it('may never become somebody else, whatever is granted one day', () => {
    const denied = actionsIn(memberRole.policies, 'Deny');

    for (const action of [
      'iam:AttachRolePolicy',
      'iam:CreateAccessKey',
      'iam:CreateUser',
      'iam:UpdateAssumeRolePolicy',
      'sts:AssumeRole',
    ])
      expect([action, denied.has(action)]).toEqual([action, true]);
    expect([...declared].filter((action) => denied.has(action))).toEqual([]);
  });

  it('is opened by sessions whose policy fits into what STS takes', () => {
    const sizes = [
      ...playbooks.map(({ permissions }) => permissions),
      ...operations.map(({ permissions: { read, apply } }) => [...read, ...apply]),
      ...operations.map(({ permissions: { read, undo = [] } }) => [...read, ...undo]),
    ].map((actions) => JSON.stringify([...new Set(actions)]).length + 100);

    expect(Math.max(...sizes)).toBeLessThanOrEqual(2048);
  });
});
