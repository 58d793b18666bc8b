import fc from 'fast-check';
import { disassociateAddresses as step } from '../../src/operations/ec2/disassociate-addresses';
import { refusing } from '../support/failing-aws';
import { memoryAddresses, type Addresses } from '../support/memory-addresses';
import { MemoryAws } from '../support/memory-aws';
import { addressWorld, anAddress } from './samples/ec2-isolation';
import { instanceId } from './samples/ec2-instances';

const run = 'rem-0000000000/0';
const input = { instanceId, allocationIds: ['eipalloc-1', 'eipalloc-2'] };
const elsewhere = { InstanceId: 'i-other', NetworkInterfaceId: 'eni-9' };

const start = (world: Addresses) => {
  const aws = new MemoryAws(memoryAddresses(world));
  const read = () => step.read(aws, input, run);
  return {
    aws,
    read,
    apply: async () => {
      const before = await read();
      await step.apply(aws, input, before, run);
      return before;
    },
    undo: async (before: Awaited<ReturnType<typeof read>>) =>
      step.undo(aws, input, before, await read()),
  };
};

const two = () => addressWorld(anAddress(1), anAddress(2, { NetworkInterfaceId: 'eni-2' }));

describe('taking Elastic IP addresses off', () => {
  it('goes by associations, not by addresses, and leaves those of others', async () => {
    const world = addressWorld(anAddress(1), anAddress(3, elsewhere));
    const { aws, apply } = start(world);

    await apply();

    const made = aws.calls.filter(({ name }) => name === 'ec2:DisassociateAddress');
    expect(made.map(({ input: sent }) => sent)).toEqual([{ AssociationId: 'eipassoc-old-1' }]);
    expect(world.all[1]).toMatchObject(elsewhere);
  });

  it('takes off one that the instance got after the plan, and gives it back', async () => {
    const world = addressWorld(anAddress(7));
    const { read, apply, undo } = start(world);

    const before = await apply();
    expect(await read()).toEqual([]);
    expect(step.restored(await read(), input, before)).toBe(false);
    await undo(before);

    expect(await read()).toEqual(before);
  });

  it('tries every address, also after one was refused', async () => {
    const world = two();
    const { aws, read } = start(world);
    const stuck = refusing(aws, (_, sent) => JSON.stringify(sent).includes('old-1'));

    await expect(step.apply(stuck, input, await read(), run)).rejects.toThrow('Unauthorized');

    expect(world.all.map(({ InstanceId }) => InstanceId)).toEqual([instanceId, undefined]);
  });

  it('has done it where somebody else was quicker', async () => {
    const { aws, read } = start(two());
    const call: typeof aws.call = async (name, sent) => {
      const output = await aws.call(name, sent);
      if (name === 'ec2:DescribeAddresses')
        for (const AssociationId of ['eipassoc-old-1', 'eipassoc-old-2'])
          await aws.call('ec2:DisassociateAddress', { AssociationId }).catch(() => {});
      return output;
    };

    await step.apply({ call }, input, await read(), run);

    expect(step.holds(await read(), input)).toBe(true);
  });

  it('fails where EC2 does not tell what an address is (law 10)', async () => {
    const { read } = start(addressWorld({ PublicIp: '203.0.113.1', InstanceId: instanceId }));
    await expect(read()).rejects.toThrow('EC2 does not tell the allocation of 203.0.113.1.');
  });

  it('says how many the plan knows of', () => {
    expect(step.describe({ instanceId, allocationIds: ['a'] })).toBe(
      'Take 1 Elastic IP address off i-0a1b2c3d',
    );
    expect(step.describe(input)).toBe('Take 2 Elastic IP addresses off i-0a1b2c3d');
  });
});

describe('giving them back', () => {
  it('names the interface and the private address, and takes no address from anybody', async () => {
    const { aws, apply, undo } = start(addressWorld(anAddress(1)));
    const before = await apply();

    await undo(before);

    expect(aws.calls.at(-1)?.input).toEqual({
      AllocationId: 'eipalloc-1',
      NetworkInterfaceId: 'eni-1',
      PrivateIpAddress: '10.0.0.1',
      AllowReassociation: false,
    });
  });

  it('leaves an address that serves another by now, and one that was released (law 7)', async () => {
    const world = two();
    const { aws, read, apply, undo } = start(world);
    const before = await apply();
    const after = await read();
    world.all = [anAddress(1, elsewhere)];
    const made = aws.calls.length;

    await undo(before);

    expect(aws.calls.slice(made).map(({ name }) => name)).not.toContain('ec2:AssociateAddress');
    expect(step.restored(await read(), input, before)).toBe(true);
    expect(step.drift(after, await read())).toEqual([
      '203.0.113.1 was associated since with eni-9 10.0.0.1',
      '203.0.113.2 was released since',
    ]);
  });

  it('says which interface is gone, after it gave back the rest', async () => {
    const world = two();
    const { read, apply, undo } = start(world);
    const before = await apply();
    delete world.interfaces['eni-1'];

    await expect(undo(before)).rejects.toThrow(
      '203.0.113.1 cannot go back to eni-1, which is gone.',
    );

    expect(await read()).toMatchObject([{ ip: '203.0.113.1' }, { at: { interface: 'eni-2' } }]);
    expect(step.restored(await read(), input, before)).toBe(false);
  });

  it('says that one which the plan did not know was released', async () => {
    const world = addressWorld(anAddress(7));
    const { apply, undo } = start(world);
    const before = await apply();
    world.all = [];

    await expect(undo(before)).rejects.toThrow('203.0.113.7 was released, and cannot go back.');
  });

  it('passes on that the private address has another one by now', async () => {
    const world = addressWorld(anAddress(1));
    const { apply, undo } = start(world);
    const before = await apply();
    world.all.push(anAddress(5, { PrivateIpAddress: '10.0.0.1' }));

    await expect(undo(before)).rejects.toThrow('Resource.AlreadyAssociated');
  });

  it('tells of addresses that came or went since', async () => {
    const world = addressWorld(anAddress(1), anAddress(2));
    const { read } = start(world);
    const after = await read();
    world.all = [{ AllocationId: 'eipalloc-1', PublicIp: '203.0.113.1' }, anAddress(8)];

    expect(step.drift(after, await read())).toEqual([
      '203.0.113.1 was disassociated since',
      '203.0.113.8 was associated since with eni-1 10.0.0.8',
      '203.0.113.2 was released since',
    ]);
  });

  it('ends where it began, whatever addresses there are', async () => {
    const place = fc.constantFrom({}, {}, { NetworkInterfaceId: 'eni-2' }, elsewhere);
    const some = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        some,
        fc.array(place, { minLength: 9, maxLength: 9 }),
        async (ids, places) => {
          const world = addressWorld(...ids.map((id) => anAddress(id, places[id - 1])));
          const { read, apply, undo } = start(world);

          const before = await apply();
          expect(step.holds(await read(), input)).toBe(true);
          await undo(before);

          expect(await read()).toEqual(before);
        },
      ),
    );
  });
});
