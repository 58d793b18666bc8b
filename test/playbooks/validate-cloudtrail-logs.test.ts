import type { Trail } from '@aws-sdk/client-cloudtrail';
import type { Planned } from '../../src/domain/plan';
import { validateCloudtrailLogs } from '../../src/playbooks/validate-cloudtrail-logs/playbook';
import { anAsked, aTarget } from '../support/builders';
import { MemoryAws } from '../support/memory-aws';
import { MemoryCloudTrail, trailArn } from '../support/memory-cloudtrail';

const asked = anAsked({ target: { ...aTarget, kind: 'AwsCloudTrailTrail', id: 'main' } });

const planned = async (...trails: Trail[]): Promise<Planned> => {
  const world = new MemoryCloudTrail();
  for (const trail of trails) world.trail(trail);
  const facts = await validateCloudtrailLogs.read(new MemoryAws(world.handlers), asked);
  return validateCloudtrailLogs.plan(facts, asked);
};

describe('log file validation of a trail', () => {
  it('is one step with one setting; everything else is named as kept', async () => {
    const made = await planned({ KmsKeyId: 'key' });

    expect(made).toMatchObject({
      kind: 'plan',
      plan: {
        steps: [{ operation: 'cloudtrail.validate-log-files', input: { trail: trailArn('main') } }],
        effects: [{ what: 'Log file validation', before: 'off', after: 'on' }],
        keeps: ['All other settings of the trail, the bucket trail-logs and its policy'],
        warnings: [],
        reversible: 'exactly',
      },
    });
  });

  it('names who is touched: the trail’s Regions and accounts, and the bucket', async () => {
    const made = await planned({ IsOrganizationTrail: true });

    expect(made.kind === 'plan' && made.plan.blastRadius).toEqual([
      'The trail main records all Regions of every account of the organization.',
      expect.stringContaining('to trail-logs'),
      expect.stringContaining('of the time before'),
    ]);
  });

  it('has nothing to do where the trail is gone, or validated, wherever its home is', async () => {
    expect(await planned()).toEqual({
      kind: 'compliant',
      because: 'The trail main does not exist any more.',
    });
    expect(await planned({ HomeRegion: 'us-west-2', LogFileValidationEnabled: true })).toEqual({
      kind: 'compliant',
      because: 'Log file validation of the trail main is on already.',
    });
  });

  it('is refused away from the trail’s home, with its Region in words', async () => {
    expect(await planned({ HomeRegion: 'us-west-2' })).toEqual({
      kind: 'refusal',
      because:
        'The trail main can only be changed in its home Region us-west-2, not from eu-west-1: use the finding of us-west-2.',
    });
  });

  it('is refused for an organization’s trail in a member account', async () => {
    const TrailARN = trailArn('main', 'eu-west-1', '999900001111');

    expect(await planned({ IsOrganizationTrail: true, TrailARN })).toMatchObject({
      kind: 'refusal',
      because: expect.stringContaining('999900001111'),
    });
  });

  it('is unknown while CloudTrail does not answer (law 10)', async () => {
    const aws = new MemoryAws(new MemoryCloudTrail().trail().handlers);
    aws.fail(0);

    await expect(validateCloudtrailLogs.read(aws, asked)).rejects.toThrow('UnauthorizedOperation');
  });
});
