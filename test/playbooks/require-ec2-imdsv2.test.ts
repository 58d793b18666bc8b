import type { Instance } from '@aws-sdk/client-ec2';
import type { Plan, Planned } from '../../src/domain/plan';
import { requireEc2Imdsv2 } from '../../src/playbooks/require-ec2-imdsv2/playbook';
import { anInstance, instanceId } from '../operations/samples/ec2-instances';
import { anAsked } from '../support/builders';
import { MemoryAws } from '../support/memory-aws';
import { memoryInstances } from '../support/memory-instances';
import { requireEc2Imdsv2 as worlds } from './samples/require-ec2-imdsv2';

const asked = anAsked({ target: worlds.target });

const look = async (...instances: Instance[]): Promise<Planned> => {
  const aws = new MemoryAws(memoryInstances(instances));
  return requireEc2Imdsv2.plan(await requireEc2Imdsv2.read(aws, asked), asked);
};

const planOf = async (more: Instance = {}): Promise<Plan> => {
  const made = await look(anInstance(more));
  if (made.kind !== 'plan') throw new Error(`${made.kind}: ${made.because}`);
  return made.plan;
};

const tags = (given: Record<string, string>): Instance => ({
  Tags: Object.entries(given).map(([Key, Value]) => ({ Key, Value })),
});
const group = { 'aws:autoscaling:groupName': 'web' };
const template = { 'aws:ec2launchtemplate:id': 'lt-1', 'aws:ec2launchtemplate:version': '3' };

describe('an instance that answers without a token', () => {
  it('gets one step, and keeps its other metadata options', async () => {
    const { steps, keeps } = await planOf();

    expect(steps).toEqual([
      { operation: 'ec2.require-imdsv2', input: { instanceId }, phase: 'change' },
    ]);
    expect(keeps).toEqual([
      'Metadata endpoint: enabled. Hop limit: 3.',
      'IPv6 endpoint: enabled. Tags in the metadata: enabled.',
    ]);
  });

  it('is told with its name, state and role', async () => {
    const profile = {
      IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/web' },
    };

    expect((await planOf({ ...tags({ Name: 'web-1' }), ...profile })).blastRadius).toEqual([
      `Instance ${instanceId} (web-1) is running. It is not restarted.`,
      'Programs on it use the credentials of arn:aws:iam::111122223333:instance-profile/web.',
    ]);
    expect((await planOf({ Tags: [{ Key: 'Name' }] })).blastRadius).toEqual([
      `Instance ${instanceId} is running. It is not restarted.`,
      'It has no instance profile: the metadata service gives no credentials.',
    ]);
    const { MetadataOptions } = anInstance();
    const bare = await look({ InstanceId: instanceId, MetadataOptions: MetadataOptions! });
    expect(bare).toMatchObject({
      plan: {
        blastRadius: [`Instance ${instanceId} is unknown. It is not restarted.`, expect.anything()],
      },
    });
  });
});

describe('warnings', () => {
  it('name the programs that stop, and the command that finds them', async () => {
    const { warnings } = await planOf();

    expect(warnings).toEqual([
      expect.stringMatching(/^Programs that ask without a token/),
      expect.stringMatching(
        new RegExp(
          `aws cloudwatch get-metric-statistics --region eu-west-1 --namespace AWS/EC2 --metric-name MetadataNoToken --dimensions Name=InstanceId,Value=${instanceId} `,
        ),
      ),
    ]);
  });

  it('name containers where the hop limit is 1', async () => {
    const MetadataOptions = { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 } as const;

    expect((await planOf({ MetadataOptions })).warnings[2]).toMatch(
      /^The hop limit is 1: containers .* --http-put-response-hop-limit 2$/,
    );
  });

  it.each([
    [
      { ...group, ...template },
      'of the Auto Scaling group web come from the launch template lt-1, version 3,',
    ],
    [group, 'of the Auto Scaling group web come from its launch template or configuration,'],
    [{ 'aws:ec2launchtemplate:id': 'lt-1' }, '^New instances come from the launch template lt-1,'],
  ])('name the template that new instances come from: %j', async (given, words) => {
    expect((await planOf(tags(given))).warnings[2]).toMatch(new RegExp(words));
  });

  it('fit on the card, each of them, at the longest ids that there are', async () => {
    const id = `i-${'0'.repeat(17)}`;
    const MetadataOptions = { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 } as const;
    const long = { ...asked, target: { ...asked.target, id, region: 'ap-southeast-2' as never } };
    const all = anInstance({ InstanceId: id, MetadataOptions, ...tags({ ...group, ...template }) });
    const aws = new MemoryAws(memoryInstances([all]));

    const made = requireEc2Imdsv2.plan(await requireEc2Imdsv2.read(aws, long), long);

    const { warnings } = made.kind === 'plan' ? made.plan : { warnings: [] };
    expect(warnings).toHaveLength(4);
    expect(warnings.filter((words) => words.length > 300)).toEqual([]);
    expect(warnings.join('').length).toBeLessThanOrEqual(1200);
  });
});

describe('nothing to do', () => {
  it('is a metadata service that is switched off: it is never switched on again', async () => {
    const off = { HttpTokens: 'optional', HttpEndpoint: 'disabled' } as const;

    expect(await look(anInstance({ MetadataOptions: off }))).toEqual({
      kind: 'compliant',
      because: `The metadata service of ${instanceId} is switched off: it answers nobody, with or without a token, and it stays off.`,
    });
  });

  it('is one that requires tokens already', async () => {
    expect(await look(anInstance({ MetadataOptions: { HttpTokens: 'required' } }))).toEqual({
      kind: 'compliant',
      because: `The metadata service of ${instanceId} requires a session token already.`,
    });
  });

  it.each([[[anInstance({ State: { Name: 'terminated' } })]], [[]]])(
    'is an instance that is terminated or gone',
    async (instances) => {
      expect(await look(...instances)).toEqual({
        kind: 'compliant',
        because: `The instance ${instanceId} is terminated or does not exist any more.`,
      });
    },
  );
});

it('an instance whose options EC2 does not tell is an error, never compliant (law 10)', async () => {
  await expect(look({ InstanceId: instanceId })).rejects.toThrow('EC2 does not tell');
});
