import { captureMetadata } from '../../src/operations/evidence/capture-metadata';
import { awsError, type Handlers } from '../support/memory-aws';
import { memorySurroundings, webServer } from '../support/memory-surroundings';
import { metadata } from './samples/evidence';
import { taken } from './taken';

const rowsOf = async (world: Handlers) => {
  const { text, artefact } = await taken(captureMetadata, metadata, world);
  const { rows } = JSON.parse(text('metadata.json')) as {
    rows: Record<string, { is?: unknown; unknown?: string }>;
  };
  return { rows, note: artefact('metadata.json')?.note };
};

describe('what AWS tells of an instance', () => {
  it('is kept whole, lists to their last page', async () => {
    const { rows, note } = await rowsOf(memorySurroundings());

    expect(note).toBe('');
    expect(rows).toMatchObject({
      instance: { is: { InstanceId: 'i-1', LaunchTime: '2026-01-01T00:00:00.000Z' } },
      interfaces: { is: [{ NetworkInterfaceId: 'eni-1' }, { NetworkInterfaceId: 'eni-2' }] },
      volumes: { is: [{ VolumeId: 'vol-1' }, { VolumeId: 'vol-2' }] },
      groups: { is: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }] },
      groupRules: { is: [{ SecurityGroupRuleId: 'sgr-1' }, { SecurityGroupRuleId: 'sgr-2' }] },
      userData: { is: { UserData: { Value: 'IyEvYmluL3No' } } },
      autoScaling: { is: { member: { LifecycleState: 'InService' }, group: { MinSize: 1 } } },
      classicLoadBalancers: { is: [{ Instances: [{ InstanceId: 'i-1' }] }] },
      profile: { is: { InstanceProfileName: 'web' } },
      role: { is: { RoleName: 'web-role' } },
      attachedPolicies: { is: [{ PolicyName: 'First' }, { PolicyName: 'Second' }] },
    });
  });

  it('names the target groups that send to it by its id or by its address, and no other', async () => {
    const { rows } = await rowsOf(memorySurroundings());
    expect(rows['targetGroups']?.is).toMatchObject({
      registered: [
        { group: { TargetGroupArn: expect.stringContaining('by-id') } },
        { group: { TargetGroupArn: expect.stringContaining('by-ip') } },
      ],
      notLookedAt: 0,
    });
  });

  it('looks through a hundred target groups at most, and says how many were left', async () => {
    const TargetGroups = Array.from({ length: 130 }, (_, index) => ({
      TargetGroupArn: `arn/${index}`,
      VpcId: 'vpc-1',
    }));
    const world = memorySurroundings();
    const { rows } = await rowsOf({
      ...world,
      'elasticloadbalancing:DescribeTargetGroups': () => ({ TargetGroups }),
    });
    expect(rows['targetGroups']?.is).toEqual({ registered: [], notLookedAt: 30 });
  });

  it.each([
    ['ec2:DescribeVolumes', ['volumes']],
    ['ec2:DescribeInstanceAttribute', 4],
    ['iam:GetRole', ['role']],
    ['elasticloadbalancing:DescribeTargetHealth', ['targetGroups']],
    ['autoscaling:DescribeAutoScalingGroups', ['autoScaling']],
  ] as const)('without %s has rows that say unknown, and all the others', async (call, missing) => {
    const { rows, note } = await rowsOf(memorySurroundings({ denied: [call] }));

    const unknown = Object.keys(rows).filter((name) => rows[name]?.unknown);
    expect(typeof missing === 'number' ? unknown.length : unknown).toEqual(missing);
    expect(rows[unknown[0]!]).toEqual({ unknown: 'AccessDenied: AccessDenied from AWS' });
    expect(note).toBe(`unknown: ${unknown.join(', ')}`);
  });

  it('without the profile does not guess at the role', async () => {
    const { rows } = await rowsOf(memorySurroundings({ denied: ['iam:GetInstanceProfile'] }));
    for (const name of ['role', 'attachedPolicies', 'inlinePolicies', 'profilesOfRole'])
      expect(rows[name]).toEqual({ unknown: 'what names it could not be read' });
  });

  it('without the instance itself keeps what its id finds, and says of the rest that it is unknown', async () => {
    const { rows } = await rowsOf(memorySurroundings({ instance: { InstanceId: 'i-2' } }));

    expect(rows['instance']).toEqual({ unknown: 'AWS knows no such instance.' });
    expect(rows['volumes']?.is).toHaveLength(2);
    for (const name of ['groups', 'routeTables', 'profile', 'role'])
      expect(rows[name]).toHaveProperty('unknown');
  });

  it('of a terminated instance, which has no network any more, says none instead of failing', async () => {
    const instance = { InstanceId: 'i-1', State: { Name: 'terminated' as const } };
    const { rows, note } = await rowsOf(memorySurroundings({ instance }));

    expect(note).toBe('');
    expect(rows).toMatchObject({
      groups: { is: [] },
      groupRules: { is: [] },
      routeTables: { is: null },
      networkAcls: { is: null },
      flowLogs: { is: null },
      hardware: { is: null },
      profile: { is: null },
      role: { is: null },
    });
  });

  it('of an instance in no group of Auto Scaling, unknown to Systems Manager, says so', async () => {
    const { rows } = await rowsOf({
      ...memorySurroundings(),
      'autoscaling:DescribeAutoScalingInstances': () => ({ AutoScalingInstances: [] }),
      'ssm:DescribeInstanceInformation': () => ({ InstanceInformationList: [] }),
    });
    expect([rows['autoScaling'], rows['systemsManager']]).toEqual([{ is: null }, { is: null }]);
  });

  it('is asked for again when AWS is busy, and unknown only when it stays so', async () => {
    let busy = 1;
    const world = memorySurroundings();
    const throttled: Handlers = {
      ...world,
      'ec2:DescribeAddresses': (input) => {
        busy -= 1;
        if (busy >= 0) throw awsError('ThrottlingException', { $fault: 'client' });
        return world['ec2:DescribeAddresses']!(input);
      },
      'ec2:DescribeVolumes': () => {
        throw awsError('InternalError', { $fault: 'server' });
      },
    };
    const { rows, note } = await rowsOf(throttled);

    expect(rows['addresses']).toEqual({ is: [{ AllocationId: 'eipalloc-1' }] });
    expect(note).toBe('unknown: volumes');
  });

  it('is never taken for known where the fault is ours', async () => {
    const world = { ...memorySurroundings() };
    delete world['ec2:DescribeVolumes'];
    await expect(rowsOf(world)).rejects.toThrow('does not know ec2:DescribeVolumes');
  });

  it('gives its hash to the trail, with what it lacks (law 13)', async () => {
    const world = memorySurroundings({ denied: ['ec2:DescribeVolumes'] });
    const { state, artefact } = await taken(captureMetadata, metadata, world);
    const { sha256, size } = artefact('metadata.json')!;
    expect(captureMetadata.output?.(state)).toEqual({
      'metadata.json': `${sha256} (${size} bytes), unknown: volumes`,
    });
  });

  it('has the profile’s name without its path', async () => {
    const asked: unknown[] = [];
    const world = memorySurroundings();
    await rowsOf({
      ...world,
      'iam:GetInstanceProfile': (input) => {
        asked.push(input);
        return world['iam:GetInstanceProfile']!(input);
      },
    });
    expect(webServer.IamInstanceProfile?.Arn).toContain('instance-profile/apps/web');
    expect(asked).toEqual([{ InstanceProfileName: 'web' }]);
  });

  it('takes an answer without a list for an empty one, not for a failure', async () => {
    const names = Object.keys(memorySurroundings()) as (keyof Handlers)[];
    const bare: Handlers = Object.fromEntries(names.map((name) => [name, () => ({})]));
    const known = { 'ec2:DescribeInstances': memorySurroundings()['ec2:DescribeInstances']! };

    const { rows, note } = await rowsOf({ ...bare, ...known });

    expect(note).toBe('');
    for (const name of ['interfaces', 'volumes', 'groups', 'groupRules', 'addresses', 'flowLogs'])
      expect(rows[name]).toEqual({ is: [] });
    for (const name of ['autoScaling', 'systemsManager', 'hardware', 'profile', 'role'])
      expect(rows[name]).toEqual({ is: null });
  });
});
