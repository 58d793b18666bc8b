import {
  createFlowLog,
  readFlowLogs,
  type CreateFlowLog,
  type FlowLog,
} from '../../src/operations/ec2/create-flow-log';
import { MemoryAws } from '../support/memory-aws';
import { MemoryFlowLogs } from '../support/memory-flow-logs';

const run = 'rem-0000000000/0';
const input: CreateFlowLog = { vpc: 'vpc-1', logGroup: 'ours', role: 'arn:aws:iam::1:role/r' };
const flowLog = (id: string, more: Partial<FlowLog> = {}): FlowLog => ({
  id,
  traffic: 'REJECT',
  to: 'ours',
  active: true,
  failure: '',
  ...more,
});

describe('the flow logs of a VPC', () => {
  it('are read over all pages, in one order, whatever EC2 leaves out', async () => {
    const vpc = new MemoryFlowLogs();
    vpc
      .flowLog('vpc-1', { FlowLogId: 'fl-b', LogGroupName: 'ours' })
      .flowLog('subnet-1', { FlowLogId: 'fl-s' })
      .flowLog('vpc-1', {
        FlowLogId: 'fl-a',
        LogDestination: 'arn:aws:s3:::bucket',
        DeliverLogsStatus: 'FAILED',
        DeliverLogsErrorMessage: 'Access error',
      })
      .flowLog('vpc-1', { FlowLogId: 'fl-c', FlowLogStatus: '', DeliverLogsStatus: 'FAILED' });
    vpc.pageSize = 1;

    expect(await readFlowLogs(new MemoryAws(vpc.handlers), 'vpc-1')).toEqual([
      flowLog('fl-a', { to: 'arn:aws:s3:::bucket', failure: 'Access error' }),
      flowLog('fl-b'),
      flowLog('fl-c', { to: 'unknown', active: false, failure: 'unknown error' }),
    ]);
    const bare = new MemoryAws({ 'ec2:DescribeFlowLogs': () => ({ FlowLogs: [{}] }) });
    expect(await readFlowLogs(bare, 'vpc-1')).toEqual([
      flowLog('unknown', { traffic: 'unknown', to: 'unknown', active: false }),
    ]);
    const silent = new MemoryAws({ 'ec2:DescribeFlowLogs': () => ({}) });
    expect(await readFlowLogs(silent, 'vpc-1')).toEqual([]);
  });
});

describe('a new flow log', () => {
  const world = () => {
    const vpc = new MemoryFlowLogs().vpc('vpc-1');
    return { vpc, aws: new MemoryAws(vpc.handlers) };
  };

  it('records rejected traffic of the VPC, by the role', async () => {
    const { vpc, aws } = world();

    await createFlowLog.apply(aws, input, [], run);

    expect(vpc.flowLogs).toMatchObject([
      { ResourceId: 'vpc-1', TrafficType: 'REJECT', DeliverLogsPermissionArn: input.role },
    ]);
  });

  it('that a lost answer left behind is taken for made', async () => {
    const { vpc, aws } = world();
    vpc.flowLog('vpc-1', { LogGroupName: 'ours' });

    await createFlowLog.apply(aws, input, [], run);

    expect(vpc.flowLogs).toHaveLength(1);
  });

  it('is not made beside one that is there but does not work: that is told', async () => {
    const { aws } = world();
    const broken = flowLog('fl-1', { failure: 'Access error' });

    expect(createFlowLog.holds([broken], input)).toBe(false);
    await expect(createFlowLog.apply(aws, input, [broken], run)).rejects.toThrow(
      'The flow log fl-1 is there but does not deliver (Access error).',
    );
    await expect(
      createFlowLog.apply(aws, input, [flowLog('fl-1', { active: false })], run),
    ).rejects.toThrow('The flow log fl-1 is there but is not active.');
    expect(aws.calls).toEqual([]);
  });

  it.each([
    [{ Error: { Code: 'LogDestinationNotFound', Message: 'no group' } }, 'LogDestinationNotFound'],
    [{}, 'Unsuccessful'],
  ])('that EC2 answers beside its success with %j has failed (law 10)', async (item, name) => {
    const { vpc, aws } = world();
    vpc.unsuccessful = item;

    await expect(createFlowLog.apply(aws, input, [], run)).rejects.toMatchObject({ name });
    await expect(createFlowLog.undo(aws, input, [], [flowLog('fl-1')])).rejects.toMatchObject({
      name,
    });
  });

  it('is all that undo deletes, and gone already it counts as deleted', async () => {
    const { vpc, aws } = world();
    vpc.flowLog('vpc-1').flowLog('vpc-1');
    const [before, now] = [[flowLog('fl-1')], [flowLog('fl-1'), flowLog('fl-2')]];

    await createFlowLog.undo(aws, input, before, now);
    await createFlowLog.undo(aws, input, before, now);

    expect(vpc.flowLogs.map(({ FlowLogId }) => FlowLogId)).toEqual(['fl-1']);
  });

  it('tells what others did since', () => {
    expect(createFlowLog.drift([flowLog('fl-1')], [flowLog('fl-2')])).toEqual([
      'added since: flow log fl-2',
      'deleted since: flow log fl-1',
    ]);
  });
});
