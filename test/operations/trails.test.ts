import type { Trail as Described } from '@aws-sdk/client-cloudtrail';
import { setLogGroup, type SetLogGroup } from '../../src/operations/cloudtrail/set-log-group';
import { findTrail, outOfReach, reachOf } from '../../src/operations/cloudtrail/trail';
import { validateLogFiles } from '../../src/operations/cloudtrail/validate-log-files';
import { account, aTarget, region } from '../support/builders';
import { MemoryAws } from '../support/memory-aws';
import { MemoryCloudTrail, trailArn } from '../support/memory-cloudtrail';
import { MemoryLogs } from '../support/memory-logs';

const run = 'rem-0000000000/0';
const target = { ...aTarget, kind: 'AwsCloudTrailTrail', id: 'main' };
const management = '999900001111';

const find = (trails: MemoryCloudTrail) => findTrail(new MemoryAws(trails.handlers), target);

describe('a trail', () => {
  it('is found among the copies of trails of other Regions', async () => {
    const copy = { TrailARN: trailArn('main', 'us-west-2'), HomeRegion: 'us-west-2' };

    expect(await find(new MemoryCloudTrail().trail(copy))).toMatchObject({ home: 'us-west-2' });
    expect(await find(new MemoryCloudTrail().trail(copy).trail())).toMatchObject({ home: region });
    expect(await find(new MemoryCloudTrail().trail({ Name: 'main-2' }))).toBeUndefined();
  });

  it('takes what CloudTrail leaves out for nothing, and its home from its ARN', async () => {
    const bare: Described[] = [{ Name: 'main', TrailARN: trailArn('main') }, {}];
    const answering = (trailList?: Described[]) =>
      new MemoryAws({ 'cloudtrail:DescribeTrails': () => (trailList ? { trailList } : {}) });

    expect(await findTrail(answering(bare), target)).toEqual({
      name: 'main',
      arn: trailArn('main'),
      home: region,
      account,
      everyRegion: false,
      organization: false,
      bucket: 'its bucket',
      validated: false,
      logGroup: '',
    });
    expect(await findTrail(answering(), target)).toBeUndefined();
    expect(await findTrail(answering([{ Name: 'main' }]), target)).toMatchObject({ home: '' });
  });

  it.each<[string, Described, string | undefined]>([
    ['its home Region', {}, undefined],
    ['another Region', { HomeRegion: 'us-west-2' }, 'home Region us-west-2, not from eu-west-1'],
    [
      'a member account of the organization',
      { IsOrganizationTrail: true, TrailARN: trailArn('main', region, management) },
      `management account ${management} or a delegated administrator`,
    ],
    ['the account that keeps the organization’s trail', { IsOrganizationTrail: true }, undefined],
  ])('is or is not to be changed from %s', async (_, more, because) => {
    const trail = await find(new MemoryCloudTrail().trail(more));

    const words = trail && outOfReach(trail, target);

    if (because) expect(words).toContain(because);
    else expect(words).toBeUndefined();
  });

  it('is told by whose events it holds', async () => {
    const told = async (more: Described) => {
      const trail = await find(new MemoryCloudTrail().trail(more));
      return trail && reachOf(trail);
    };

    expect(await told({})).toBe('The trail main records all Regions of this account.');
    expect(await told({ IsMultiRegionTrail: false, IsOrganizationTrail: true })).toBe(
      `The trail main records ${region} of every account of the organization.`,
    );
  });
});

describe('log file validation', () => {
  it('sends one setting, so that all others stay as they are', async () => {
    const trails = new MemoryCloudTrail().trail({ KmsKeyId: 'key' });
    const before = { ...trails.trails[0] };
    const aws = new MemoryAws(trails.handlers);

    await validateLogFiles.apply(aws, { trail: trailArn('main') }, { on: false }, run);

    expect(aws.calls.map(({ input }) => input)).toEqual([
      { Name: trailArn('main'), EnableLogFileValidation: true },
    ]);
    expect(trails.trails[0]).toEqual({ ...before, LogFileValidationEnabled: true });
  });

  it('that is on is not turned on again, and drift says what others did', async () => {
    const aws = new MemoryAws();

    await validateLogFiles.apply(aws, { trail: trailArn('main') }, { on: true }, run);

    expect(aws.calls).toEqual([]);
    expect(validateLogFiles.drift({ on: true }, { on: false })).toEqual([
      'turned off since: log file validation',
    ]);
    expect(validateLogFiles.drift({ on: false }, { on: true })).toEqual([
      'turned on since: log file validation',
    ]);
  });
});

describe('the log group of a trail', () => {
  const group = (name: string) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`;
  const input: SetLogGroup = {
    trail: trailArn('main'),
    logGroup: group('new'),
    role: `arn:aws:iam::${account}:role/DrawbridgeCloudTrailToLogs`,
    replaces: group('gone'),
  };
  const world = (attached: string) => {
    const logs = new MemoryLogs().group('new').group('other');
    const trails = new MemoryCloudTrail(logs).trail({ CloudWatchLogsLogGroupArn: attached });
    return new MemoryAws(trails.handlers, logs.handlers);
  };
  const read = (aws: MemoryAws) => setLogGroup.read(aws, input, run);

  it('takes the place of one that is gone; undo leaves none, since CloudTrail takes none that is gone', async () => {
    const aws = world(group('gone'));
    const before = await read(aws);
    await setLogGroup.apply(aws, input, before, run);
    const after = await read(aws);
    expect([setLogGroup.holds(after, input), setLogGroup.restored(after, input, before)]).toEqual([
      true,
      false,
    ]);

    await setLogGroup.undo(aws, input, before, after);

    expect(await read(aws)).toEqual({ logGroup: '' });
    expect(setLogGroup.restored(await read(aws), input, before)).toBe(true);
    await setLogGroup.undo(aws, input, before, await read(aws));
    expect(aws.calls.filter(({ name }) => name === 'cloudtrail:UpdateTrail')).toHaveLength(2);
  });

  it('that somebody else attached meanwhile stays, forwards and backwards', async () => {
    const aws = world(group('other'));
    const now = await read(aws);

    await expect(setLogGroup.apply(aws, input, now, run)).rejects.toThrow(
      'The trail sends its events to other by now: it stays.',
    );
    await setLogGroup.undo(aws, input, { logGroup: '' }, now);

    expect(await read(aws)).toEqual({ logGroup: group('other') });
    expect(setLogGroup.restored(now, input, { logGroup: '' })).toBe(true);
  });

  it('is the same with and without the star that CloudTrail wants', async () => {
    const aws = world(input.logGroup.replace(':*', ''));

    await setLogGroup.apply(aws, input, await read(aws), run);

    expect(setLogGroup.holds(await read(aws), input)).toBe(true);
    expect(aws.calls.every(({ name }) => name === 'cloudtrail:GetTrail')).toBe(true);
  });

  it('is told by its name', () => {
    expect(setLogGroup.describe(input)).toBe(
      'Send the events of the trail main to the log group new',
    );
    expect(setLogGroup.drift({ logGroup: group('new') }, { logGroup: '' })).toEqual([
      'sent elsewhere since: nowhere',
    ]);
    expect(setLogGroup.drift({ logGroup: group('new') }, { logGroup: group('a:b') })).toEqual([
      'sent elsewhere since: a:b',
    ]);
  });
});
