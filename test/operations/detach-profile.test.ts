import { detachProfile as step } from '../../src/operations/ec2/detach-profile';
import { before } from '../support/failing-aws';
import { awsError, MemoryAws } from '../support/memory-aws';
import { memoryInstances } from '../support/memory-instances';
import { memoryProfiles, type MemoryAssociation } from '../support/memory-profiles';
import { association, detach as input, profile } from './samples/credentials';
import { anInstance, instanceId } from './samples/ec2-instances';

const run = 'rem-0000000000/0';
const gone = { gone: true } as const;
const other = profile.replace('web', 'forensics');
const having = (...associations: { profile: string; state: string }[]) =>
  ({ gone: false, associations }) as const;
const attached = having({ profile, state: 'associated' });

const world = (all: MemoryAssociation[] = [association()], lag = 0) => {
  const deleted = new Set<string>();
  const aws = new MemoryAws(memoryProfiles(all, { lag, deleted }), memoryInstances([anInstance()]));
  const read = () => step.read(aws, input, run);
  return {
    all,
    aws,
    deleted,
    read,
    apply: async () => step.apply(aws, input, await read(), run),
    undo: async (saved: Awaited<ReturnType<typeof read>> = attached) =>
      step.undo(aws, input, saved, await read()),
  };
};
const last = ({ calls }: MemoryAws) => calls.at(-1);

describe('detaching the profile', () => {
  it('is waited for while EC2 is at it, and is not asked for again', async () => {
    const { aws, apply, read } = world([association()], 2);
    await apply();
    await apply();
    const [busy, done] = [await read(), await read()];

    expect(aws.calls.filter(({ name }) => /:Disassociate/.test(name))).toHaveLength(1);
    expect(step.holds(busy, input)).toBe(false);
    expect(step.pending?.(busy, input)).toEqual({ running: 'The profile is disassociating' });
    expect(step.holds(done, input)).toBe(true);
    expect(step.pending?.(done, input)).toBeUndefined();
    expect(step.pending?.(gone, input)).toBeUndefined();
  });

  it('takes the association that stands now, whatever its id was before', async () => {
    const { all, aws, read } = world();
    const now = await read();
    all[0] = association({ id: 'iip-assoc-9' });

    await step.apply(aws, input, now, run);

    expect(last(aws)?.input).toEqual({ AssociationId: 'iip-assoc-9' });
  });

  it('of one that is only just being attached is tried again', async () => {
    const { all, apply, read } = world([association({ state: 'associating' })]);
    const going = async () => {
      await apply();
      return read();
    };

    expect(step.holds(await going(), input)).toBe(true);
    expect(all.map(({ state }) => state)).toEqual(['disassociated']);
  });

  it.each(['IncorrectState', 'InvalidAssociationID.NotFound'])(
    'leaves it to the next look where EC2 answers %s',
    async (code) => {
      const { aws, read } = world();
      const now = await read();
      aws.fail(1, { error: awsError(code) });

      await step.apply(aws, input, now, run);

      expect(step.holds(await read(), input)).toBe(false);
    },
  );

  it.each([{ AssociationId: 'a' }, { State: 'associated' as const }, {}])(
    'fails where EC2 does not tell all of %j: what cannot be put back is not taken away (law 10)',
    async (told) => {
      const aws = new MemoryAws(
        {
          'ec2:DescribeIamInstanceProfileAssociations': () => ({
            IamInstanceProfileAssociations: [{ InstanceId: instanceId, ...told }],
          }),
        },
        memoryInstances([anInstance()]),
      );

      await expect(step.read(aws, input, run)).rejects.toThrow(
        `EC2 does not tell the profile of ${instanceId}.`,
      );
    },
  );

  it('finds none where EC2 lists none, and nothing to do on an instance that is gone', async () => {
    const bare = { 'ec2:DescribeIamInstanceProfileAssociations': () => ({}) };
    const instances = memoryInstances([anInstance()]);

    expect(await step.read(new MemoryAws(bare, instances), input, run)).toEqual(having());
    expect(await step.read(new MemoryAws(memoryInstances([])), input, run)).toEqual(gone);
    expect(step.holds(gone, input)).toBe(true);
  });
});

describe('the way back', () => {
  it('attaches the saved profile by its ARN, path and all, under a new association', async () => {
    const { aws, apply, undo, read } = world();
    await apply();
    await undo();

    expect(last(aws)?.input).toEqual({
      InstanceId: instanceId,
      IamInstanceProfile: { Arn: profile },
    });
    expect(await read()).toEqual(attached);
  });

  it('waits until the old association is gone, and then until the new one stands', async () => {
    const { aws, apply, undo, read } = world([association()], 1);
    await apply();
    await undo();
    expect(aws.calls.some(({ name }) => /:Associate/.test(name))).toBe(false);

    await undo();
    const coming = await read();
    expect(coming).toEqual(having({ profile, state: 'associating' }));
    expect(step.restored(coming, input, attached)).toBe(false);
    expect(step.pending?.(coming, input)).toEqual({ running: 'The profile is associating' });
    expect(step.restored(await read(), input, attached)).toBe(true);
  });

  it('is not in the way of a profile that others attached: it says so', async () => {
    const { aws, all, apply, undo } = world();
    await apply();
    all.push(association({ id: 'iip-assoc-2', profile: other }));

    await expect(undo()).rejects.toThrow(
      `${instanceId} was given the profile forensics meanwhile: detach it, then undo again.`,
    );
    expect(aws.calls.some(({ name }) => /:Associate/.test(name))).toBe(false);
  });

  it('waits for another profile that is just being detached', async () => {
    const { aws, undo } = world([association({ profile: other, state: 'disassociating' })], 1);
    aws.fail(99);
    const now = having({ profile: other, state: 'disassociating' });

    await step.undo(aws, input, attached, now);
    expect(aws.calls).toEqual([]);
    await undo();
  });

  it('leaves it to the next look where another association came in between', async () => {
    const { aws, all, apply, read } = world();
    await apply();
    const between = before(aws, 'ec2:AssociateIamInstanceProfile', () => {
      all.push(association({ id: 'iip-assoc-2' }));
    });

    await step.undo(between, input, attached, await read());

    expect(step.restored(await read(), input, attached)).toBe(true);
  });

  it('of a profile that was deleted says so, and passes on what it does not know', async () => {
    const { aws, deleted, apply, undo, read } = world();
    await apply();
    deleted.add(profile);

    await expect(undo()).rejects.toThrow(
      `${instanceId} cannot be given its profile web back: it was deleted meanwhile, or has no role.`,
    );
    const now = await read();
    aws.fail(0, { error: awsError('UnauthorizedOperation') });
    await expect(step.undo(aws, input, attached, now)).rejects.toThrow('UnauthorizedOperation');
  });

  it('has nothing to give an instance that had none, or that is gone', async () => {
    const { aws } = world([]);
    await step.undo(aws, input, having(), having());
    await step.undo(aws, input, gone, having());
    await step.undo(aws, input, attached, gone);

    expect(aws.calls).toEqual([]);
    expect(step.restored(gone, input, attached)).toBe(true);
    expect(step.restored(having(), input, having())).toBe(true);
    expect(step.restored(having({ profile: other, state: 'associated' }), input, attached)).toBe(
      false,
    );
  });

  it('tells what others changed since (law 7)', () => {
    expect(step.drift(having(), attached)).toEqual(['the profile web was attached since']);
    expect(step.drift(attached, having())).toEqual(['the profile was detached since']);
    expect(step.drift(attached, attached)).toEqual([]);
    expect(step.drift(having(), gone)).toEqual(['the instance was terminated since']);
    expect(step.drift(gone, having())).toEqual(['the instance is there again']);
    expect(step.drift(gone, gone)).toEqual([]);
  });
});
