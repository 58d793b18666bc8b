import { run, theirs, world } from './a-role';
import type { Json } from '../../src/domain/canonical';
import { denyInstance as step } from '../../src/operations/iam/deny-instance';
import { instanceIdOf, policyName, quarantine } from '../../src/operations/iam/quarantine-policy';
import { before } from '../support/failing-aws';
import { allButSsm, deny, denyAll, denyButSsm, instanceArn, ownName } from './samples/credentials';
import { instanceId } from './samples/ec2-instances';

const written = (text = ''): Json => JSON.parse(text) as Json;
const condition = { ArnEquals: { 'ec2:SourceInstanceARN': instanceArn } };

describe('denying an instance what its role allows', () => {
  it('is by the instance: others with the same role keep their access, and no time of issue is needed', async () => {
    const { policies, apply } = world();

    await apply(deny);

    expect(policies.size).toBe(1);
    expect(written(policies.get(`drawbridge-quarantine-${instanceId}`))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'DrawbridgeQuarantine',
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: condition,
        },
      ],
    });
  });

  it('leaves the agent its commands while evidence is collected: no session, no parameter, one bucket', async () => {
    const { policies, apply } = world();

    await apply(denyButSsm);

    const document = JSON.stringify(written(policies.get(ownName)));
    expect(written(document)).toMatchObject({
      Statement: [
        { Effect: 'Deny', NotAction: expect.any(Array), Resource: '*', Condition: condition },
        {
          Effect: 'Deny',
          Action: 's3:PutObject',
          NotResource: 'arn:aws:s3:::evidence-1/*',
          Condition: condition,
        },
      ],
    });
    expect(document).toContain('"ssm:UpdateInstanceInformation"');
    expect(document).not.toMatch(/DataChannel|GetParameter|\*Channel/);
  });

  it('without a bucket lets it write to none', () => {
    expect(JSON.stringify(quarantine(instanceArn, 'ssm'))).not.toContain('s3:');
  });

  it('is in the partition of the instance', () => {
    const arn = instanceArn.replace('arn:aws:', 'arn:aws-us-gov:');

    expect(JSON.stringify(quarantine(arn, 'ssm', 'evidence-1'))).toContain(
      '"arn:aws-us-gov:s3:::evidence-1/*"',
    );
    expect([instanceIdOf(arn), policyName(arn)]).toEqual([instanceId, ownName]);
  });

  it('fits beside the other policies of the role many times', () => {
    expect(allButSsm.length).toBeLessThan(10_240 / 8);
  });

  it.each([
    ['another’s policy', theirs],
    ['a policy marked in part', theirs.replace('"Effect"', '"Sid":"Other","Effect"')],
    ['a policy without statements', '{"Statement":[]}'],
    ['no JSON at all', 'x'],
  ])('never overwrites %s of that name', async (_, document) => {
    for (const input of [deny, denyButSsm]) {
      const { policies, apply, undo, read } = world([[ownName, document]]);

      await expect(apply(input)).rejects.toThrow(
        `The role web has a policy ${ownName} that Drawbridge did not write: it stays as it is.`,
      );
      await undo(input, { kind: 'none' });

      expect(step.holds(await read(input), input)).toBe(false);
      expect([...policies]).toEqual([[ownName, document]]);
    }
  });

  it('writes its own policy anew where somebody loosened it', async () => {
    const { policies, apply } = world([[ownName, denyAll.replace('"Deny"', '"Allow"')]]);

    await apply(deny);

    expect(policies.get(ownName)).toBe(denyAll);
  });

  it('knows its policy in any layout', async () => {
    const { read } = world([[ownName, JSON.stringify(written(denyAll), null, 2)]]);

    expect(step.holds(await read(deny), deny)).toBe(true);
  });

  it('passes on that IAM takes no policy: the gap is told (law 10)', async () => {
    const full: [string, string] = ['big', `"${'x'.repeat(10_200)}"`];
    await expect(world([full]).apply(deny)).rejects.toThrow('LimitExceeded');
    await expect(world([], { path: '/aws-service-role/x/' }).apply(deny)).rejects.toThrow(
      'UnmodifiableEntity',
    );
  });

  it('of a role that is deleted meanwhile needs nothing any more', async () => {
    const { aws, roles, read } = world();
    const going = before(aws, 'iam:PutRolePolicy', () => roles.clear());

    await step.apply(going, deny, await read(deny), run);

    expect(await read(deny)).toEqual({ kind: 'role gone' });
    expect(step.holds(await read(deny), deny)).toBe(true);
  });
});
