import type { Snapshot } from '@aws-sdk/client-ec2';
import { collectEc2Evidence } from '../../src/playbooks/collect-ec2-evidence/playbook';
import { isolateEc2Instance } from '../../src/playbooks/isolate-ec2-instance/playbook';
import { anAsked } from '../support/builders';
import { limited } from '../support/estate';
import { awsError } from '../support/memory-aws';
import { aServer, type Server } from '../support/memory-server';
import { planIn, stepsOf } from './isolating';
import { takenAt } from './samples/collect-ec2-evidence';
import { target } from './samples/ec2-instance-target';

const look = async (server: Server = {}, options?: readonly string[]) => {
  const asked = anAsked({ target, ...(options && { options }) });
  const aws = limited(aServer(server).aws, collectEc2Evidence.permissions);
  return collectEc2Evidence.plan(await collectEc2Evidence.read(aws, asked), asked);
};
const { now } = anAsked();
const minutesAgo = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000);
/** What was taken before, a page of it at a time. */
const having = (...taken: Snapshot[]): Server => ({
  instead: {
    'ec2:DescribeSnapshots': ({ NextToken = '0' }) => ({
      Snapshots: taken.slice(Number(NextToken), Number(NextToken) + 1),
      ...(Number(NextToken) + 1 < taken.length && { NextToken: String(Number(NextToken) + 1) }),
    }),
  },
});

describe('evidence of an instance', () => {
  it('is all that an isolation takes, and changes nothing', async () => {
    const plan = planIn(await look());

    expect(stepsOf(plan)).toEqual([
      'evidence.capture-metadata',
      'evidence.capture-console',
      'evidence.snapshot-volumes',
      'evidence.collect-host',
      'evidence.write-manifest',
    ]);
    expect(new Set(plan.steps.map(({ phase }) => phase))).toEqual(new Set(['evidence']));
    expect(plan).toMatchObject({ warnings: [], leaves: expect.stringContaining('stays open') });
  });

  it('can be chosen in the words of the isolation that asks for it', () => {
    const ids = collectEc2Evidence.options?.map(({ id }) => id) ?? [];

    expect(isolateEc2Instance.evidence).toBe(collectEc2Evidence.id);
    expect(collectEc2Evidence.options).toEqual(
      isolateEc2Instance.options?.filter(({ id }) => ids.includes(id)),
    );
  });

  it('is what was chosen', async () => {
    expect(stepsOf(planIn(await look({}, [])))).not.toContain('evidence.collect-host');
    expect(stepsOf(planIn(await look({}, ['memory'])))).toContain('evidence.capture-memory');
  });

  it('leaves out what a stopped instance, or one without volumes, cannot give', async () => {
    const bare = { State: { Name: 'stopped' as const }, BlockDeviceMappings: [] };

    const plan = planIn(await look({ instance: bare }, ['host', 'memory']));

    expect(stepsOf(plan)).toEqual([
      'evidence.capture-metadata',
      'evidence.capture-console',
      'evidence.write-manifest',
    ]);
  });

  it('is shared with the account of forensics, and the plan says so', async () => {
    const sharing = (account: string): Server => ({
      instead: { 'evidence:GetForensicAccount': () => ({ account }) },
    });
    const named = planIn(await look(sharing('777788889999')));
    const own = planIn(await look(sharing(target.account)));

    expect(stepsOf(named).slice(-2)).toEqual([
      'evidence.share-snapshots',
      'evidence.write-manifest',
    ]);
    expect(named.effects[0]?.after).toContain('of 2 volumes, shared with account 777788889999');
    expect(stepsOf(own)).not.toContain('evidence.share-snapshots');
  });

  it('is not taken twice within a quarter of an hour', async () => {
    const just = await look(having(...takenAt(minutesAgo(120)), ...takenAt(minutesAgo(14))));
    const long = await look(having(...takenAt(minutesAgo(16))));

    expect(just).toEqual({
      kind: 'compliant',
      because: `Evidence of ${target.id} was taken at 11:46 UTC: /evidence ${target.id} shows it.`,
    });
    expect(long.kind).toBe('plan');
  });

  it('is taken where it was of some volumes only, or went wrong', async () => {
    const some = await look(having(...takenAt(minutesAgo(1), ['vol-root'])));
    const [root, data] = takenAt(minutesAgo(1));
    const wrong = await look(having(root!, { ...data!, State: 'error' }));
    const undated = await look(having({ VolumeId: 'vol-root' }, { VolumeId: 'vol-data' }));

    expect([some.kind, wrong.kind, undated.kind]).toEqual(['plan', 'plan', 'plan']);
  });

  it.each(['terminated', 'shutting-down'] as const)('is not there once it is %s', async (Name) => {
    expect(await look({ instance: { State: { Name } } })).toEqual({
      kind: 'refusal',
      because: `${target.id} is ${Name}: there is nothing left to take. /evidence ${target.id} tells what was.`,
    });
  });

  it('is refused of an instance that is not there', async () => {
    const gone = () => {
      throw awsError('InvalidInstanceID.NotFound');
    };

    expect(await look({ instead: { 'ec2:DescribeInstances': gone } })).toEqual({
      kind: 'refusal',
      because: `There is no instance ${target.id} in ${target.region} of this account.`,
    });
  });
});
