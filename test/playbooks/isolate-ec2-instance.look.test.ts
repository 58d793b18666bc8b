import { isolateEc2Instance } from '../../src/playbooks/isolate-ec2-instance/playbook';
import { instanceId } from '../operations/samples/ec2-instances';
import { anAsked } from '../support/builders';
import type { Handlers } from '../support/memory-aws';
import { aServer } from '../support/memory-server';
import { looked, planIn, target } from './isolating';

describe('what AWS answers', () => {
  it('is read to its last page', async () => {
    const pages: Handlers = {
      'ec2:DescribeInstances': ({ InstanceIds, NextToken }) => {
        if (InstanceIds)
          return aServer().aws.call('ec2:DescribeInstances', { InstanceIds }) as never;
        return {
          Reservations: [{ Instances: [{ InstanceId: NextToken ? 'i-b' : 'i-a' }] }],
          ...(!NextToken && { NextToken: 'more' }),
        };
      },
    };
    const { aws } = aServer();
    const call = aws.call.bind(aws);
    aws.call = async (name, input) => {
      const filtered = name === 'ec2:DescribeInstances' && 'Filters' in input;
      return filtered ? (pages[name] as (given: object) => never)(input) : call(name, input);
    };
    const more = {
      'iam:ListInstanceProfilesForRole': (marker?: string) => ({
        InstanceProfiles: [{ Arn: 'arn:a' }, {}],
        IsTruncated: marker === undefined,
        Marker: 'more',
      }),
      'classic-elb:DescribeLoadBalancers': (marker?: string) => ({
        LoadBalancerDescriptions: [
          { LoadBalancerName: marker ? 'b' : 'a', Instances: [{ InstanceId: instanceId }] },
          {},
        ],
        ...(marker === undefined && { NextMarker: 'more' }),
      }),
    };
    const paged = aws.call.bind(aws);
    aws.call = async (name, input) => {
      if (!(name in more)) return paged(name, input);
      const marker = 'Marker' in input ? String(input.Marker) : undefined;
      return more[name as keyof typeof more](marker);
    };

    const facts = await isolateEc2Instance.read(aws, anAsked({ target }));

    expect(facts).toMatchObject({
      balancers: ['a', 'b'],
      role: { name: 'web' },
      sharers: ['i-a', 'i-b'],
    });
  });

  it('may leave out nearly everything', async () => {
    const server = aServer({ inGroup: false });
    const bare: Partial<Record<keyof Handlers, object>> = {
      'ec2:DescribeAddresses': { Addresses: [{}, {}] },
      'ec2:DescribeVolumes': { Volumes: [{}] },
      'ec2:DescribeInstanceTypes': {},
      'elasticloadbalancing:DescribeTargetGroups': { TargetGroups: [{ VpcId: 'vpc-1' }] },
      'elasticloadbalancing:DescribeTargetHealth': {
        TargetHealthDescriptions: [{}, { Target: { Id: '10.0.0.9' } }],
      },
      'classic-elb:DescribeLoadBalancers': {},
      'autoscaling:DescribeAutoScalingInstances': {},
      'ssm:DescribeInstanceInformation': {},
      'iam:GetInstanceProfile': { InstanceProfile: {} },
      'ec2:DescribeInstances': {
        Reservations: [
          {
            Instances: [
              {
                VpcId: 'vpc-1',
                IamInstanceProfile: { Arn: 'arn:none' },
                NetworkInterfaces: [{ PrivateIpAddresses: [{}], Ipv6Addresses: [{}] }, {}],
                BlockDeviceMappings: [{}],
                Tags: [{}],
              },
            ],
          },
        ],
      },
    };
    const { aws } = server;
    const call = aws.call.bind(aws);
    aws.call = async (name, input) => (name in bare ? (bare[name] as never) : call(name, input));

    const plan = planIn(await looked(server));

    expect(plan.effects[0]).toMatchObject({ before: 'termination protection off' });
    expect(plan.blastRadius).toEqual([
      'i-0a1b2c3d is a unknown and unknown. Systems Manager: unknown to it.',
    ]);
  });

  it.each([
    ['spot', { InstanceLifecycle: 'spot' as const }, 'may go with the Spot instance'],
    ['protected', {}, 'termination protection on'],
  ])('tells how it is protected: %s', async (_, instance, before) => {
    const server = aServer({ instance });
    if (before.endsWith('on'))
      await server.aws.call('ec2:ModifyInstanceAttribute', {
        InstanceId: instanceId,
        DisableApiTermination: { Value: true },
      });

    expect(planIn(await looked(server)).effects[0]).toMatchObject({ before });
  });
});
