import type { Plan, Planned } from '../../src/domain/plan';
import { sendCloudtrailToLogs } from '../../src/playbooks/send-cloudtrail-to-logs/playbook';
import { account, anAsked, aTarget, region } from '../support/builders';
import { isReading, MemoryAws } from '../support/memory-aws';
import { MemoryCloudTrail, trailArn } from '../support/memory-cloudtrail';
import { MemoryLogs } from '../support/memory-logs';
import { roles } from './samples/delivery-roles';

const asked = anAsked({ target: { ...aTarget, kind: 'AwsCloudTrailTrail', id: 'main' } });
const ours = '/drawbridge/cloudtrail/main';
const role = 'DrawbridgeCloudTrailToLogs';
const groupArn = (name: string, where = region, owner = account) =>
  `arn:aws:logs:${where}:${owner}:log-group:${name}:*`;

interface World {
  /** ARN that the trail names. */
  attached?: string;
  groups?: readonly string[];
  roles?: readonly string[];
  trail?: object;
}

const world = ({ attached, groups = [], roles: known = [role], trail = {} }: World = {}) => {
  const logs = new MemoryLogs();
  for (const group of groups) logs.group(group);
  const trails = new MemoryCloudTrail(logs).trail({
    ...(attached && { CloudWatchLogsLogGroupArn: attached }),
    ...trail,
  });
  return new MemoryAws(trails.handlers, logs.handlers, roles(...known));
};

const look = async (aws: MemoryAws): Promise<Planned> =>
  sendCloudtrailToLogs.plan(await sendCloudtrailToLogs.read(aws, asked), asked);

const planOf = async (given?: World): Promise<Plan> => {
  const made = await look(world(given));
  if (made.kind !== 'plan') throw new Error(`${made.kind}: ${made.because}`);
  return made.plan;
};

describe('a trail without a log group', () => {
  it('gets the group first and is attached then, so that it never names nothing', async () => {
    const { steps, effects, reversible } = await planOf();

    expect(steps).toEqual([
      {
        operation: 'logs.create-log-group',
        input: { name: ours, retention: 365 },
        phase: 'change',
      },
      {
        operation: 'cloudtrail.set-log-group',
        input: {
          trail: trailArn('main'),
          logGroup: groupArn(ours),
          role: `arn:aws:iam::${account}:role/${role}`,
          replaces: '',
        },
        phase: 'change',
      },
    ]);
    expect(effects.map(({ what, before }) => [what, before])).toEqual([
      ['Log group', 'none'],
      ['Log group of the trail', 'none'],
    ]);
    expect(reversible).toBe('exactly');
  });

  it('keeps its bucket and the policy of it: others may deliver there (defect 16)', async () => {
    const aws = world();

    const made = await look(aws);

    expect(made.kind === 'plan' && made.plan.keeps).toEqual([
      'The bucket trail-logs, its policy and all other settings of the trail',
    ]);
    expect(aws.calls.filter(({ name }) => name.startsWith('s3:') || !isReading(name))).toEqual([]);
  });

  it('takes a group of that name that is there already, with what is in it', async () => {
    const { steps, effects, keeps } = await planOf({ groups: [ours, `${ours}-2`] });

    expect(steps.map(({ operation }) => operation)).toEqual(['cloudtrail.set-log-group']);
    expect(effects).toHaveLength(1);
    expect(keeps).toContain(`The log group ${ours} with its events and its retention`);
  });

  it('tells whose events go there and that they cost', async () => {
    const { blastRadius } = await planOf({ trail: { IsMultiRegionTrail: false } });

    expect(blastRadius[0]).toBe(`The trail main records ${region} of this account.`);
    expect(blastRadius.join(' ')).toMatch(/charged by CloudWatch Logs.*may read.*undo/);
  });

  it('is refused in an account without the role, with words what to do', async () => {
    expect(await look(world({ roles: [] }))).toEqual({
      kind: 'refusal',
      because: `Account ${account} has no role ${role}, by which CloudTrail would write: deploy the member account template there again.`,
    });
  });
});

describe('a trail with a log group', () => {
  it('keeps it where it stands', async () => {
    const attached = groupArn('events');

    expect(await look(world({ attached, groups: ['events'], roles: [] }))).toEqual({
      kind: 'compliant',
      because: 'The trail main sends its events to events already.',
    });
  });

  it('that is gone gets another, with a warning, and no way back to the one that is gone', async () => {
    const attached = groupArn('a:b');
    const { steps, effects, warnings, reversible } = await planOf({ attached });

    expect(steps[1]?.input).toMatchObject({ replaces: attached });
    expect(effects[1]).toMatchObject({ before: 'a:b, which is gone' });
    expect(warnings).toEqual([
      'The trail names a:b, which does not exist: its events reach no log group now. The new one takes its place.',
    ]);
    expect(reversible).toEqual({ not: expect.stringContaining('undo leaves the trail without') });
  });

  it.each([
    ['another account', groupArn('events', region, '999900001111')],
    ['another Region', groupArn('events', 'us-west-2')],
  ])('of %s, which cannot be seen from here, is left: unknown means hold', async (_, attached) => {
    expect(await look(world({ attached }))).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining(attached),
    });
  });
});

describe('a look', () => {
  it('finds nothing to do where the trail is gone', async () => {
    expect(await look(world({ trail: { Name: 'other' } }))).toEqual({
      kind: 'compliant',
      because: 'The trail main does not exist any more.',
    });
  });

  it('refuses away from the trail’s home', async () => {
    expect(await look(world({ trail: { HomeRegion: 'us-west-2' } }))).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('home Region us-west-2'),
    });
  });

  it('passes any error on that it does not know (law 10)', async () => {
    for (const at of [0, 1, 2]) {
      const aws = world();
      aws.fail(at);
      await expect(look(aws)).rejects.toThrow('UnauthorizedOperation');
    }
  });
});
