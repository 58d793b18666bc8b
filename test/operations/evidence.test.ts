import type { Json } from '../../src/domain/canonical';
import { captureConsole } from '../../src/operations/evidence/capture-console';
import { captureMetadata } from '../../src/operations/evidence/capture-metadata';
import type { Irreversible } from '../../src/operations/operation';
import { writeManifest } from '../../src/operations/evidence/write-manifest';
import { awsError, MemoryAws, type Handlers } from '../support/memory-aws';
import { memoryConsole } from '../support/memory-console';
import { memoryEvidence } from '../support/memory-evidence';
import { memorySurroundings, webServer } from '../support/memory-surroundings';
import { manifest, metadata, screen } from './samples/evidence';

const run = 'rem-0000000000/2';

const taken = async <I extends Json, S extends Json>(
  operation: Irreversible<I, S>,
  input: I,
  world: Handlers,
) => {
  const evidence = memoryEvidence();
  const aws = new MemoryAws(world, evidence.handlers);
  await operation.apply(aws, input, await operation.read(aws, input, run), run);
  return { ...evidence, aws, state: await operation.read(aws, input, run) };
};

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
});

describe('the console', () => {
  it('is kept as text and as a picture', async () => {
    const { text, names, artefact } = await taken(captureConsole, screen, memoryConsole());
    expect(names()).toEqual(['console-output.txt', 'console-screenshot.jpg']);
    expect(text('console-output.txt')).toBe('login:');
    expect(artefact('console-screenshot.jpg')).toMatchObject({ size: 3, note: '' });
  });

  it('of older hardware is what it showed some minutes ago', async () => {
    const { text } = await taken(captureConsole, screen, memoryConsole({ latest: false }));
    expect(text('console-output.txt')).toBe('login:');
  });

  it('that AWS has nothing of is said to be so', async () => {
    const { artefact } = await taken(captureConsole, screen, memoryConsole({ text: '' }));
    expect(artefact('console-output.txt')).toMatchObject({
      note: 'AWS has no console output of it',
    });
  });

  it('without a screen is kept with the reason, and the step is done', async () => {
    const world = memoryConsole({ screen: false });
    const { names, artefact, state } = await taken(captureConsole, screen, world);
    expect(names()).toEqual(['console-output.txt', 'console-screenshot.txt']);
    expect(artefact('console-screenshot.txt')?.note).toBe(
      'UnsupportedOperation: UnsupportedOperation from AWS',
    );
    expect(captureConsole.holds(state, screen)).toBe(true);
  });

  it('that we may not see is kept as that', async () => {
    const denied = (): never => {
      throw awsError('UnauthorizedOperation', { $fault: 'client' });
    };
    const world = { 'ec2:GetConsoleOutput': denied, 'ec2:GetConsoleScreenshot': denied };
    const { artefact, state } = await taken(captureConsole, screen, world);
    expect(artefact('console-output.txt')?.note).toContain('UnauthorizedOperation');
    expect(captureConsole.holds(state, screen)).toBe(true);
  });

  it('without a picture in the answer is no picture', async () => {
    const world = { ...memoryConsole(), 'ec2:GetConsoleScreenshot': () => ({}) };
    const { artefact } = await taken(captureConsole, screen, world);
    expect(artefact('console-screenshot.txt')?.note).toBe('AWS gave no picture');
  });

  it.each([true, false])(
    'is woken by a keystroke only where the plan says so: %s',
    async (wakeUp) => {
      const { aws } = await taken(captureConsole, { ...screen, wakeUp }, memoryConsole());
      const calls = aws.calls.filter(({ name }) => name === 'ec2:GetConsoleScreenshot');
      expect(calls.map(({ input }) => input)).toEqual([{ InstanceId: 'i-1', WakeUp: wakeUp }]);
    },
  );
});

describe('the manifest', () => {
  it('names all that was kept for the remediation, with hash, size, time, person and gaps', async () => {
    const evidence = memoryEvidence();
    const aws = new MemoryAws(memoryConsole({ screen: false }), evidence.handlers);
    const other = 'rem-0000000000/1';
    await captureConsole.apply(aws, screen, await captureConsole.read(aws, screen, other), other);

    await writeManifest.apply(aws, manifest, await writeManifest.read(aws, manifest, run), run);

    expect(JSON.parse(evidence.text('manifest.json'))).toEqual({
      remediation: 'rem-0000000000',
      instanceId: 'i-1',
      artefacts: ['console-output.txt', 'console-screenshot.txt'].map(evidence.artefact),
    });
  });
});
