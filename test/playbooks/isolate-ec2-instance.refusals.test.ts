import type { Instance } from '@aws-sdk/client-ec2';
import { instanceId } from '../operations/samples/ec2-instances';
import { attach } from '../operations/samples/ec2-isolation';
import { awsError, type Handlers } from '../support/memory-aws';
import { aServer } from '../support/memory-server';
import { look, looked, planIn, planned, refusing, tagged } from './isolating';

describe('a refusal', () => {
  it.each<[string, Instance, string]>([
    ['terminated', { State: { Name: 'terminated' } }, 'is terminated: there is nothing left'],
    ['on its way there', { State: { Name: 'shutting-down' } }, 'is shutting-down: there is'],
    ['starting', { State: { Name: 'pending' } }, 'is pending right now. Ask again in a minute.'],
    ['stopping', { State: { Name: 'stopping' } }, 'is stopping right now.'],
    ['in EC2-Classic', { VpcId: '' }, 'is in no VPC (EC2-Classic)'],
    [
      'protected by its owners',
      tagged(['drawbridge:protected', 'yes']),
      'has the tag drawbridge:protected',
    ],
    ['an appliance', { SourceDestCheck: false }, 'passes on traffic of others'],
    [
      'an appliance by one interface',
      { NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', SourceDestCheck: false }] },
      'passes on traffic of others',
    ],
    [
      'a part of Drawbridge',
      tagged(['aws:cloudformation:stack-name', 'drawbridge-prod']),
      'is a part of Drawbridge itself',
    ],
  ])('is for one that is %s', async (_, instance, because) => {
    expect(await look({ instance })).toEqual({
      kind: 'refusal',
      because: expect.stringContaining(because),
    });
  });

  it('is for one that is not there', async () => {
    const instead: Handlers = {
      'ec2:DescribeInstances': () => {
        throw awsError('InvalidInstanceID.NotFound');
      },
    };

    expect(await look({ instead })).toMatchObject({
      kind: 'refusal',
      because: 'There is no instance i-0a1b2c3d in eu-west-1 of this account.',
    });
  });

  it('is for one that ends while it is looked at', async () => {
    let looks = 0;
    const server = aServer();
    const { aws } = server;
    const call = aws.call.bind(aws);
    aws.call = async (name, input) => {
      looks += Number(name === 'ec2:DescribeInstances');
      if (name === 'ec2:DescribeInstances' && looks > 1)
        throw awsError('InvalidInstanceID.NotFound');
      return call(name, input);
    };

    expect(await looked(server)).toMatchObject({
      because: expect.stringContaining('is terminated'),
    });
  });

  it.each([
    tagged(['drawbridge:protected', 'yes'], ['drawbridge:break-glass', 'isolate']),
    { ...tagged(['drawbridge:break-glass', 'isolate']), SourceDestCheck: false },
  ])('is overruled by breaking the glass, which the approver reads first', async (instance) => {
    const { warnings } = await planned({ instance });

    expect(warnings[0]).toMatch(/^Break glass: i-0a1b2c3d /);
  });

  it('says how to break the glass, and takes “no” for unprotected', async () => {
    expect(await look({ instance: tagged(['drawbridge:protected', 'yes']) })).toMatchObject({
      because: expect.stringContaining('tag it drawbridge:break-glass=isolate and ask again'),
    });
    expect((await look({ instance: tagged(['drawbridge:protected', 'no']) })).kind).toBe('plan');
  });
});

describe('an instance that was isolated', () => {
  it.each<[string, (server: ReturnType<typeof aServer>) => void]>([
    ['an interface that was let out', ({ network }) => attach(network, 'eni-2')],
    ['a denial that was taken away', ({ roles }) => roles.get('web')!.policies.clear()],
    [
      'a target group that has it again',
      ({ targetGroups }) => targetGroups.forEach((all) => all.push({ Id: instanceId, Port: 80 })),
    ],
    [
      'a load balancer that has it again',
      ({ balancers }) => balancers.get('old-web')!.add(instanceId),
    ],
    [
      'a group that has it in service again',
      ({ groups }) => (groups.get('web')!.members[0]!.lifecycle = 'InService'),
    ],
  ])('and is so no more is contained anew: %s', async (_, loosen) => {
    const server = aServer({ isolated: true });
    loosen(server);

    expect((await looked(server)).kind).toBe('plan');
  });

  it.each(['sessions', 'addresses', 'metadata', 'stop'])(
    'is changed further by the option %s',
    async (wish) => {
      expect((await look({ isolated: true }, [wish])).kind).toBe('plan');
      expect((await look({ isolated: true }, [])).kind).toBe('compliant');
    },
  );

  it('is not called isolated where something could not be read (law 10)', async () => {
    const plan = await look({
      isolated: true,
      instead: refusing('ec2:DescribeAddresses'),
    });

    expect(plan.kind).toBe('plan');
  });

  it('is known without its group and its role', async () => {
    const server = aServer({ isolated: true, inGroup: false });
    const noRole = aServer({
      isolated: true,
      instance: tagged(['drawbridge:isolated', 'yes']),
    });

    expect((await looked(server)).kind).toBe('compliant');
    expect((await looked(noRole)).kind).toBe('compliant');
  });

  it('shows only what is left to do', async () => {
    const server = aServer({ isolated: true });
    attach(server.network, 'eni-2');

    const { effects } = planIn(await looked(server));

    expect(effects.map(({ what }) => what)).not.toContain('Interface eni-1');
    expect(effects.map(({ what }) => what)).not.toContain('Credentials of role web');
    expect(effects.map(({ what }) => what)).toContain('Interface eni-2');
  });
});
