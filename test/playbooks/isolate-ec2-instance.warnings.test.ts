import type { Instance } from '@aws-sdk/client-ec2';
import { instanceId } from '../operations/samples/ec2-instances';
import type { Handlers } from '../support/memory-aws';
import { aServer, type Server } from '../support/memory-server';
import { look, looked, planIn, planned, refusing, stepsOf } from './isolating';

describe('what no step reaches', () => {
  it.each(['iam:GetInstanceProfile', 'elasticloadbalancing:DescribeTargetGroups'] as const)(
    'is named where %s is denied, so that the end is partial (law 10)',
    async (call) => {
      const { uncontained } = await planned({ instead: refusing(call) });

      expect(uncontained).toEqual([
        expect.stringMatching(/^not read, so not dealt with: .*AccessDenied/),
      ]);
    },
  );

  it('is nothing where all was read, or what was not read opens nothing', async () => {
    expect(await planned()).not.toHaveProperty('uncontained');
    expect(
      await planned({ instead: refusing('ssm:DescribeInstanceInformation') }),
    ).not.toHaveProperty('uncontained');
  });
});

describe('what is warned of', () => {
  const warned = async (server: Server, options?: readonly string[]) =>
    (await planned(server, options)).warnings.join('\n');

  it.each<[string, Instance, string]>([
    ['a Spot instance', { InstanceLifecycle: 'spot' }, 'AWS may take it back any minute'],
    ['instance store', { RootDeviceType: 'instance-store' }, 'no snapshot holds that'],
    ['hibernation', { HibernationOptions: { Configured: true } }, 'may not start'],
    [
      'a service that runs it',
      { Operator: { Managed: true, Principal: 'eks.amazonaws.com' } },
      'eks.amazonaws.com runs this instance',
    ],
    ['a service without a name', { Operator: { Managed: true } }, 'an AWS service runs this'],
  ])('%s', async (_, instance, words) => {
    expect(await warned({ instance })).toContain(words);
  });

  it('everybody with the role being cut off, where its sessions are revoked', async () => {
    const { warnings, blastRadius, keeps } = await planned({}, ['sessions']);
    const plain = await planned();

    expect(warnings.join()).toMatch(/Whoever works with the role web is cut off .* A release/);
    expect(blastRadius.join()).toContain('i-peer: they can do nothing until they have new');
    expect(keeps.join()).not.toContain('shares its role');
    expect(plain.warnings.join()).not.toContain('is cut off');
    expect(plain.keeps.join()).toContain('shares its role');
  });

  it('nobody being cut off where there is no role', async () => {
    const { warnings, steps } = await planned({ withRole: false }, ['sessions']);

    expect(warnings.join()).not.toContain('is cut off');
    expect(steps.map(({ operation }) => operation)).not.toContain('iam.revoke-sessions');
  });

  it.each([
    [{ desired: 3, zones: ['eu-west-1a', 'eu-west-1b'] }, true],
    [{ desired: 2, zones: ['eu-west-1a', 'eu-west-1b'] }, false],
    [{ desired: 3, zones: ['eu-west-1a', 'eu-west-1b'], suspended: ['AZRebalance'] }, false],
    [{ desired: 3, zones: ['eu-west-1a', 'eu-west-1b'], suspended: ['Launch'] }, true],
    [{ desired: 3 }, false],
  ])('a group that may balance itself: %j is %s', async (group, told) => {
    const server = aServer();
    Object.assign(server.groups.get('web')!, group);
    const words = 'may end a healthy instance in one of eu-west-1a, eu-west-1b';

    expect(
      planIn(await looked(server))
        .blastRadius.join()
        .includes(words),
    ).toBe(told);
  });

  it('the moment in which it is open, and what no group stops', async () => {
    const words = await warned({});

    expect(words).toContain('For 10 seconds all its interfaces are open to everybody');
    expect(words).toContain('Connections through NAT');
  });

  it('a stop, and what it loses', async () => {
    const storage = {
      'ec2:DescribeInstanceTypes': () => ({ InstanceTypes: [{ InstanceStorageSupported: true }] }),
    };

    expect(await warned({}, ['stop'])).toContain('Stopping ends what is in its memory.');
    expect(await warned({ instead: storage }, ['stop'])).toContain(
      'and all that is on its instance',
    );
    expect(
      await warned({ instance: { HibernationOptions: { Configured: true } } }, ['stop']),
    ).toContain('unless it hibernates');
  });

  it('volumes that others write to', async () => {
    const instead: Handlers = {
      'ec2:DescribeVolumes': ({ NextToken }) => ({
        Volumes: [
          { VolumeId: NextToken ? 'vol-b' : 'vol-a', Attachments: [{ InstanceId: 'i-other' }] },
          { VolumeId: 'vol-own', Attachments: [{ InstanceId: instanceId }] },
        ],
        ...(!NextToken && { NextToken: 'more' }),
      }),
    };

    expect(await warned({ instead })).toContain('Other instances write to vol-a, vol-b too');
  });

  it('a group that is ending it already', async () => {
    const server = aServer();
    server.groups.get('web')!.members = [{ id: instanceId, lifecycle: 'Terminating:Wait' }];

    const plan = planIn(await looked(server));

    expect(plan.warnings[0]).toContain('has it in Terminating:Wait, from where it cannot be taken');
    expect(stepsOf(plan)).not.toContain('autoscaling.enter-standby');
  });

  it.each<[keyof Handlers, string, string]>([
    ['iam:GetInstanceProfile', 'its role (AccessDenied)', 'iam.deny-instance'],
    ['iam:ListInstanceProfilesForRole', 'who shares its role (AccessDenied)', 'nothing'],
    ['elasticloadbalancing:DescribeTargetGroups', 'target groups (Acc', 'elb.deregister-targets'],
    ['classic-elb:DescribeLoadBalancers', 'Classic Load Balancers (', 'elb.deregister-classic'],
    [
      'autoscaling:DescribeAutoScalingInstances',
      'its Auto Scaling gr',
      'autoscaling.enter-standby',
    ],
    ['ssm:DescribeInstanceInformation', 'Systems Manager (AccessDenied)', 'nothing'],
    ['ec2:DescribeInstanceAttribute', 'its protection (AccessDenied)', 'nothing'],
    ['ec2:DescribeInstanceTypes', 'its instance store (AccessDenied)', 'nothing'],
  ])('%s that is refused: it is not read as “none” (law 10)', async (call, words, step) => {
    const plan = await planned({ instead: refusing(call) });

    // What containment needs makes it partial; the rest is a warning.
    expect(step === 'nothing' ? plan.warnings[0] : plan.uncontained?.[0]).toContain(
      step === 'nothing'
        ? `Could not be read, and so is not in this plan: ${words}`
        : `not read, so not dealt with: ${words}`,
    );
    expect(stepsOf(plan)).not.toContain(step);
  });

  it('too many target groups to look through', async () => {
    const instead: Handlers = {
      'elasticloadbalancing:DescribeTargetGroups': ({ Marker }) => ({
        TargetGroups: Array.from({ length: 150 }, (_, n) => ({
          TargetGroupArn: `arn:${Marker ?? ''}${n}`,
          VpcId: 'vpc-1',
        })),
        ...(!Marker && { NextMarker: 'more' }),
      }),
    };

    expect((await planned({ instead })).uncontained?.join()).toContain(
      '300 in its VPC are too many to look through',
    );
  });

  it('and never hides a slip of ours', async () => {
    const instead: Handlers = {
      'classic-elb:DescribeLoadBalancers': () => {
        throw new TypeError('slip');
      },
    };

    await expect(look({ instead })).rejects.toThrow('slip');
  });
});
