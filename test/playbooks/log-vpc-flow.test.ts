import type { FlowLog, Vpc } from '@aws-sdk/client-ec2';
import type { Plan, Planned } from '../../src/domain/plan';
import { logVpcFlow } from '../../src/playbooks/log-vpc-flow/playbook';
import { account, anAsked, aTarget } from '../support/builders';
import { MemoryAws } from '../support/memory-aws';
import { MemoryFlowLogs } from '../support/memory-flow-logs';
import { MemoryLogs } from '../support/memory-logs';
import { roles } from './samples/delivery-roles';

const asked = anAsked({ target: { ...aTarget, kind: 'AwsEc2Vpc', id: 'vpc-1' } });
const ours = '/drawbridge/flow-logs/vpc-1';
const role = 'DrawbridgeFlowLogs';

interface World {
  vpc?: Vpc;
  flowLogs?: readonly FlowLog[];
  groups?: readonly string[];
  roles?: readonly string[];
  interfaces?: number;
}

const world = ({ vpc = {}, flowLogs = [], groups = [], interfaces = 0, ...more }: World = {}) => {
  const flow = new MemoryFlowLogs().vpc('vpc-1', vpc);
  for (const each of flowLogs) flow.flowLog(each.ResourceId ?? 'vpc-1', each);
  flow.interfaces.push('vpc-2', ...Array.from({ length: interfaces }, () => 'vpc-1'));
  flow.pageSize = 2;
  const logs = new MemoryLogs();
  for (const group of groups) logs.group(group);
  return new MemoryAws(flow.handlers, logs.handlers, roles(...(more.roles ?? [role])));
};

const look = async (aws: MemoryAws): Promise<Planned> =>
  logVpcFlow.plan(await logVpcFlow.read(aws, asked), asked);

const planOf = async (given?: World): Promise<Plan> => {
  const made = await look(world(given));
  if (made.kind !== 'plan') throw new Error(`${made.kind}: ${made.because}`);
  return made.plan;
};

describe('a VPC without a flow log', () => {
  it('gets a log group first, and a flow log of rejected traffic then', async () => {
    const { steps, effects, keeps, warnings, reversible } = await planOf();

    expect(steps).toEqual([
      {
        operation: 'logs.create-log-group',
        input: { name: ours, retention: 365 },
        phase: 'change',
      },
      {
        operation: 'ec2.create-flow-log',
        input: {
          vpc: 'vpc-1',
          logGroup: ours,
          role: `arn:aws:iam::${account}:role/${role}`,
        },
        phase: 'change',
      },
    ]);
    expect(effects.map(({ what, before }) => [what, before])).toEqual([
      ['Log group', 'none'],
      ['Flow log of rejected traffic', 'none'],
    ]);
    expect([keeps, warnings, reversible]).toEqual([[], [], 'exactly']);
  });

  it('takes a log group of that name that is there already', async () => {
    const { steps, effects, keeps } = await planOf({ groups: [ours] });

    expect(steps.map(({ operation }) => operation)).toEqual(['ec2.create-flow-log']);
    expect(effects).toHaveLength(1);
    expect(keeps).toEqual([`The log group ${ours} with its events and its retention`]);
  });

  it.each([
    [0, 'vpc-1 (10.0.0.0/16) has 0 network interfaces;'],
    [1, 'vpc-1 (10.0.0.0/16) has 1 network interface;'],
    [5, 'vpc-1 (10.0.0.0/16) has 5 network interfaces;'],
  ])('says how much is watched, over all pages: %i', async (interfaces, words) => {
    const { blastRadius } = await planOf({ interfaces });

    expect(blastRadius[0]).toContain(words);
    expect(blastRadius.join(' ')).toMatch(/charges.*may read.*undo/);
  });
});

describe('a flow log that is there', () => {
  it.each(['REJECT', 'ALL'] as const)(
    'is enough if it works and records %s',
    async (TrafficType) => {
      const flowLogs = [{ TrafficType, LogGroupName: 'web' }];

      expect(await look(world({ flowLogs, roles: [] }))).toEqual({
        kind: 'compliant',
        because: 'The flow log fl-1 records rejected traffic of vpc-1 in web already.',
      });
    },
  );

  it('stays and is not enough if it records accepted traffic only', async () => {
    const { keeps, effects } = await planOf({
      flowLogs: [{ TrafficType: 'ACCEPT', LogGroupName: 'web' }],
    });

    expect(keeps).toEqual(['Flow log fl-1 (ACCEPT) to web']);
    expect(effects[1]?.before).toBe('none');
  });

  it('is not enough if it is of a subnet or an interface only', async () => {
    const { steps, keeps } = await planOf({
      flowLogs: [{ ResourceId: 'subnet-1' }, { ResourceId: 'eni-1' }],
    });

    expect([steps.length, keeps]).toEqual([2, []]);
  });

  it.each<[FlowLog, string]>([
    [
      { DeliverLogsStatus: 'FAILED', DeliverLogsErrorMessage: 'Access error' },
      'The flow log fl-1 to web does not deliver (Access error): it stays.',
    ],
    [{ FlowLogStatus: 'INACTIVE' }, 'The flow log fl-1 to web is not active: it stays.'],
  ])('stays with a warning if it does not work: %j', async (more, warning) => {
    const { warnings, effects } = await planOf({ flowLogs: [{ LogGroupName: 'web', ...more }] });

    expect(warnings).toEqual([warning]);
    expect(effects[1]?.before).toBe('none that works');
  });

  it('is refused if it goes to our own log group and does not work: EC2 takes no second', async () => {
    const flowLogs = [{ LogGroupName: ours, DeliverLogsStatus: 'FAILED' }];

    expect(await look(world({ flowLogs }))).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('fl-1'),
    });
  });
});

describe('a look', () => {
  it('finds nothing to do where the VPC is gone', async () => {
    expect(await look(world({ vpc: { VpcId: 'vpc-2' } }))).toEqual({
      kind: 'compliant',
      because: 'The VPC vpc-1 does not exist any more.',
    });
  });

  it('refuses a VPC that another account shares', async () => {
    expect(await look(world({ vpc: { OwnerId: '999900001111' } }))).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('belongs to account 999900001111'),
    });
  });

  it('refuses an account without the role, with words what to do', async () => {
    expect(await look(world({ roles: [] }))).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining(`has no role ${role}`),
    });
  });

  it('passes any error on that it does not know (law 10)', async () => {
    for (const at of [0, 1, 2, 3, 4]) {
      const aws = world();
      aws.fail(at);
      await expect(look(aws)).rejects.toThrow('UnauthorizedOperation');
    }
  });

  it('takes what EC2 leaves out for nothing known: then nobody owns the VPC for certain', async () => {
    const answers = new MemoryAws(
      {
        'ec2:DescribeVpcs': () => ({ Vpcs: [{}] }),
        'ec2:DescribeFlowLogs': () => ({}),
        'ec2:DescribeNetworkInterfaces': () => ({}),
      },
      new MemoryLogs().handlers,
      roles(role),
    );

    expect(await look(answers)).toMatchObject({ kind: 'refusal' });
    expect(await logVpcFlow.read(answers, asked)).toMatchObject({ cidr: '', networkInterfaces: 0 });
  });
});
