import type { Json } from '../../src/domain/canonical';
import { denyInstance as step, type DenyInstance } from '../../src/operations/iam/deny-instance';
import { instanceIdOf, policyName, quarantine } from '../../src/operations/iam/quarantine-policy';
import { before } from '../support/failing-aws';
import { MemoryAws } from '../support/memory-aws';
import { memoryRoles, type MemoryRole } from '../support/memory-roles';
import {
  allButSsm,
  deny,
  denyAll,
  denyButSsm,
  instanceArn,
  instanceId,
  ownName,
} from './samples/containment';

const run = 'rem-0000000000/0';
const theirs =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}';

const world = (policies: [string, string][] = [], more: Partial<MemoryRole> = {}) => {
  const role = { policies: new Map(policies), ...more };
  const roles = new Map([['web', role]]);
  const aws = new MemoryAws(memoryRoles(roles));
  const read = (input: DenyInstance) => step.read(aws, input, run);
  return {
    aws,
    roles,
    policies: role.policies,
    read,
    apply: async (input: DenyInstance) => step.apply(aws, input, await read(input), run),
    undo: async (input: DenyInstance, saved: Awaited<ReturnType<typeof read>>) =>
      step.undo(aws, input, saved, await read(input)),
  };
};
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

describe('the two steps of one plan', () => {
  const both = async () => {
    const it = world([['reads-orders', theirs]]);
    const first = await it.read(denyButSsm);
    await it.apply(denyButSsm);
    const second = await it.read(deny);
    await it.apply(deny);
    return { ...it, first, second };
  };

  it('are one policy: the second makes it stricter, and the first still holds', async () => {
    const { policies, read, apply } = await both();
    expect(policies.get(ownName)).toBe(denyAll);
    expect(step.holds(await read(denyButSsm), denyButSsm)).toBe(true);

    await apply(denyButSsm);

    expect(policies.get(ownName)).toBe(denyAll);
  });

  it('are no drift of one another', async () => {
    const { read } = await both();
    const loose = { kind: 'set', own: true, denies: 'all but SSM', document: allButSsm } as const;

    expect(step.drift(loose, await read(denyButSsm))).toEqual([]);
    expect(step.drift(await read(deny), loose)).toEqual([
      'the quarantine policy was changed since',
    ]);
  });

  it('are taken back one by one: first to what the first wrote, then to nothing', async () => {
    const { policies, undo, read, first, second } = await both();

    await undo(deny, second);
    expect(policies.get(ownName)).toBe(allButSsm);
    expect(step.restored(await read(deny), deny, second)).toBe(true);
    expect(step.restored(await read(denyButSsm), denyButSsm, first)).toBe(false);

    await undo(denyButSsm, first);
    expect([...policies]).toEqual([['reads-orders', theirs]]);
    expect(step.restored(await read(denyButSsm), denyButSsm, first)).toBe(true);
  });

  it('also end in nothing where the second could not be taken back', async () => {
    const { policies, undo, first } = await both();

    await undo(denyButSsm, first);

    expect([...policies.keys()]).toEqual(['reads-orders']);
  });
});

describe('the way back', () => {
  it('leaves what others did with the policy', async () => {
    const { policies, read, undo, aws } = world();
    const own = { kind: 'set', own: true, denies: 'all but SSM', document: allButSsm } as const;
    await undo(deny, own);
    await undo(deny, { kind: 'none' });
    policies.set(ownName, theirs);
    await undo(deny, own);

    expect(step.restored(await read(deny), deny, own)).toBe(true);
    expect(aws.calls.every(({ name }) => name.includes('Get'))).toBe(true);
  });

  it('is at its end where the policy goes by itself meanwhile', async () => {
    const { aws, policies, read, apply } = world();
    const saved = await read(deny);
    await apply(deny);
    const going = before(aws, 'iam:DeleteRolePolicy', () => policies.clear());

    await step.undo(going, deny, saved, await read(deny));

    expect(step.restored(await read(deny), deny, saved)).toBe(true);
  });

  it('touches no policy that stood there before a foreign one, nor a role that was gone', () => {
    const own = { kind: 'set', own: true, denies: 'all', document: denyAll } as const;

    expect(step.restored(own, deny, { ...own, own: false, document: theirs })).toBe(true);
    expect(step.restored(own, deny, { kind: 'role gone' })).toBe(true);
  });

  it('tells what others changed since (law 7)', async () => {
    const set = { kind: 'set', own: true, denies: 'all', document: denyAll } as const;

    expect(step.drift(set, { kind: 'none' })).toEqual([
      'the quarantine policy was taken away since',
    ]);
    expect(step.drift(set, { kind: 'role gone' })).toEqual(['the role was deleted since']);
    expect(step.drift({ kind: 'none' }, set)).toEqual([
      'a quarantine policy was put on the role since',
    ]);
    expect(step.drift({ kind: 'role gone' }, { kind: 'none' })).toEqual([
      'the quarantine policy was taken away since',
    ]);
    expect(step.drift(set, { ...set, own: false, document: theirs })).toEqual([
      'the quarantine policy was changed since',
    ]);
    expect(step.drift({ kind: 'none' }, { kind: 'none' })).toEqual([]);
  });
});
