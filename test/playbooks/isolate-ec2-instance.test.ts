import type { TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { planHash } from '../../src/domain/plan';
import { isolateEc2Instance } from '../../src/playbooks/isolate-ec2-instance/playbook';
import { instanceId } from '../operations/samples/ec2-instances';
import { attach } from '../operations/samples/ec2-isolation';
import { anAsked } from '../support/builders';
import { aServer } from '../support/memory-server';
import { inputOf, looked, planIn, planned, stepsOf, target } from './isolating';

describe('the order of the steps', () => {
  it('is protection, evidence, credentials, traffic, wishes, and tags last (law 8)', async () => {
    const plan = await planned({}, ['host', 'memory', 'sessions', 'addresses', 'metadata', 'stop']);

    expect(stepsOf(plan)).toEqual([
      'ec2.protect-instance',
      'autoscaling.enter-standby',
      'evidence.capture-metadata',
      'evidence.capture-console',
      'evidence.snapshot-volumes',
      'iam.deny-instance',
      'evidence.collect-host',
      'evidence.capture-memory',
      'evidence.write-manifest',
      'ec2.detach-profile',
      'iam.deny-instance',
      'iam.revoke-sessions',
      'ssm.end-sessions',
      'elb.deregister-targets',
      'elb.deregister-classic',
      'ec2.quarantine-interfaces',
      'ec2.disassociate-addresses',
      'ec2.disable-metadata',
      'ec2.stop-instance',
      'ec2.tag-instance',
    ]);
    expect(plan.steps.every(({ optional }) => optional)).toBe(true);
  });

  it('denies all but taking commands before the host is looked into, and the rest afterwards', async () => {
    const denials = (await planned()).steps.filter(
      ({ operation }) => operation === 'iam.deny-instance',
    );
    const without = await planned({}, []);

    expect(denials).toMatchObject([
      { phase: 'protect', input: { keep: 'ssm', roleName: 'web' } },
      { phase: 'contain', input: { keep: 'nothing', roleName: 'web' } },
    ]);
    expect(stepsOf(without).filter((each) => each === 'iam.deny-instance')).toHaveLength(1);
    expect(stepsOf(without)).not.toContain('evidence.collect-host');
  });

  it('shares snapshots before the manifest, where the policy names an account', async () => {
    const instead = { 'evidence:GetForensicAccount': () => ({ account: '777788889999' }) };
    const plan = await planned({ instead });

    const steps = stepsOf(plan);
    expect(steps.indexOf('evidence.share-snapshots') + 1).toBe(
      steps.indexOf('evidence.write-manifest'),
    );
    expect(JSON.stringify(plan.effects)).toContain('shared with account 777788889999');
    expect(planHash(plan)).not.toBe(planHash(await planned()));
  });

  it('leaves out what there is not', async () => {
    const plan = await planned({
      behind: false,
      inGroup: false,
      withRole: false,
      instance: { BlockDeviceMappings: [] },
    });

    expect(stepsOf(plan)).toEqual([
      'ec2.protect-instance',
      'evidence.capture-metadata',
      'evidence.capture-console',
      'evidence.collect-host',
      'evidence.write-manifest',
      'ssm.end-sessions',
      'ec2.quarantine-interfaces',
      'ec2.tag-instance',
    ]);
    expect(inputOf(plan, 'ec2.tag-instance')).toMatchObject({
      tags: { 'drawbridge:isolated': 'yes' },
    });
  });

  it('asks nothing of a host that does not run', async () => {
    const plan = await planned({ instance: { State: { Name: 'stopped' } } }, ['host', 'memory']);

    expect(stepsOf(plan)).not.toContain('evidence.collect-host');
    expect(stepsOf(plan)).not.toContain('evidence.capture-memory');
    expect(plan.warnings).toContainEqual(expect.stringContaining('may replace it before'));
  });
});

describe('what people decide on', () => {
  it('is the same while sizes, health and agents change, and another plan with other options', async () => {
    const calm = await planned();
    const server = aServer({
      peers: ['i-a', 'i-b'],
      instead: {
        'ssm:DescribeInstanceInformation': () => ({ InstanceInformationList: [] }),
      },
    });
    Object.assign(server.groups.get('web')!, { desired: 4 });
    const busy = planIn(await looked(server));

    expect(planHash(busy)).toBe(planHash(calm));
    expect(busy.blastRadius).toContain(
      'i-0a1b2c3d (web-1) is a t3.small and running. Systems Manager: unknown to it.',
    );
    expect(busy.blastRadius).toContain(
      'The role web is also that of i-a, i-b: they keep their rights, since the denial names i-0a1b2c3d only.',
    );
    expect(planHash(await planned({}, ['stop']))).not.toBe(planHash(calm));
  });

  it('shows who is touched', async () => {
    const { blastRadius } = await planned({ peers: ['i-0a1b2c3d'] });

    expect(blastRadius).toContain('No other instance has the role web.');
    expect(blastRadius).toContain(
      'The Auto Scaling group web wants 2, at least 1: it has one less meanwhile.',
    );
    expect(blastRadius).toContain('The target group web has 1 healthy target left.');
    expect(blastRadius).toContain('Behind old-web it serves no more.');
  });

  it('names the first of many, and how many more there are', async () => {
    const peers = Array.from({ length: 7 }, (_, n) => `i-${n}`);
    const server = aServer({ peers });
    const noPort: TargetDescription[] = [{ Id: '10.0.0.7' }];
    (server.targetGroups as Map<string, TargetDescription[]>).set('arn-of-no-form', noPort);

    const { blastRadius, effects } = planIn(await looked(server));

    expect(blastRadius).toContainEqual(
      expect.stringContaining('that of i-0, i-1, i-2, i-3, i-4 and 2 more: they'),
    );
    expect(effects).toContainEqual({
      what: 'Target group arn-of-no-form',
      before: '10.0.0.7',
      after: 'taken out',
    });
  });

  it('says when its group is at its least size, and when nobody else serves', async () => {
    const server = aServer();
    Object.assign(server.groups.get('web')!, { min: 2 });
    for (const [arn, targets] of server.targetGroups)
      server.targetGroups.set(
        arn,
        targets.filter(({ Id }) => Id === instanceId),
      );

    const { blastRadius } = planIn(await looked(server));

    expect(blastRadius).toContainEqual(expect.stringContaining('its least size is lowered by one'));
    expect(blastRadius).toContainEqual(expect.stringContaining('what it serves is down'));
  });

  it('never closes the finding: isolation does not clean (law 6)', async () => {
    expect((await planned()).leaves).toBe(
      'The finding stays open: isolation contains the instance, and does not clean it.',
    );
  });

  it('names what cannot be contained', async () => {
    const server = aServer();
    attach(server.network, 'eni-k8s', {
      Operator: { Managed: true, Principal: 'eks.amazonaws.com' },
    });

    const { uncontained } = planIn(await looked(server));

    expect(uncontained).toEqual([
      expect.stringMatching(/^eni-k8s keeps its network\. It belongs to eks\.amazonaws\.com/),
    ]);
  });

  it('can be released exactly, but for what a stop takes', async () => {
    const storage = {
      'ec2:DescribeInstanceTypes': () => ({ InstanceTypes: [{ InstanceStorageSupported: true }] }),
    };

    expect((await planned()).reversible).toBe('exactly');
    expect((await planned({ instead: storage }, ['stop'])).reversible).toEqual({
      not: 'what was in its memory, what was on its instance store, a public address that was not an Elastic IP is gone once it was stopped.',
    });
    expect((await planned({ instance: { State: { Name: 'stopped' } } }, ['stop'])).reversible).toBe(
      'exactly',
    );
    const hibernates = { HibernationOptions: { Configured: true } };
    const plan = await planned({ instance: hibernates }, ['stop']);
    expect(plan.reversible).toMatchObject({ not: expect.stringMatching(/^a public address/) });
    expect(inputOf(plan, 'ec2.stop-instance')).toMatchObject({ hibernate: true });
    expect(plan.effects.at(-1)).toMatchObject({ after: 'hibernated' });
  });
});

it.each([
  ['eu-west-1', 'arn:aws:'],
  ['cn-north-1', 'arn:aws-cn:'],
  ['us-gov-west-1', 'arn:aws-us-gov:'],
])('names the instance as credentials do in %s', async (region, start) => {
  const asked = anAsked({ target: { ...target, region: region as typeof target.region } });
  const facts = await isolateEc2Instance.read(aServer().aws, asked);

  const plan = planIn(isolateEc2Instance.plan(facts, asked));

  expect(inputOf(plan, 'iam.deny-instance')).toMatchObject({
    instanceArn: expect.stringMatching(new RegExp(`^${start}ec2:${region}:`)),
  });
});
