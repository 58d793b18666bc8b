import type { Instance } from '@aws-sdk/client-ec2';
import { disableMetadata as step } from '../../src/operations/ec2/disable-metadata';
import { MemoryAws } from '../support/memory-aws';
import { memoryInstances } from '../support/memory-instances';
import { anInstance, instanceId } from './samples/ec2-instances';

const run = 'rem-0000000000/0';
const input = { instanceId };
const gone = { gone: true } as const;
const instances = (instance: Instance, lag = 0) =>
  new MemoryAws(memoryInstances([instance], { lag }));
const read = (aws: MemoryAws) => step.read(aws, input, run);

describe('switching the metadata service off', () => {
  it('sends nothing but the endpoint, so that every other option comes back as it was', async () => {
    const aws = instances(anInstance());
    const before = await read(aws);

    await step.apply(aws, input, before, run);
    expect(aws.calls.at(-1)?.input).toEqual({ InstanceId: instanceId, HttpEndpoint: 'disabled' });
    expect(await read(aws)).toEqual({ ...before, endpoint: 'disabled' });

    await step.undo(aws, input, before, await read(aws));
    expect(aws.calls.at(-1)?.input).toEqual({ InstanceId: instanceId, HttpEndpoint: 'enabled' });
    expect(await read(aws)).toEqual(before);
  });

  it('never switches it on where it was off', async () => {
    const off = { HttpTokens: 'required', HttpEndpoint: 'disabled' } as const;
    const aws = instances(anInstance({ MetadataOptions: off }));
    const before = await read(aws);

    await step.apply(aws, input, before, run);
    await step.undo(aws, input, before, await read(aws));

    expect(aws.calls.map(({ name }) => name)).not.toContain('ec2:ModifyInstanceMetadataOptions');
  });

  it('is waited for while the instance takes it over, both ways', async () => {
    const aws = instances(anInstance(), 1);
    const before = await read(aws);

    await step.apply(aws, input, before, run);
    const [first, second] = [await read(aws), await read(aws)];
    expect([first, second].map((now) => step.holds(now, input))).toEqual([false, true]);
    expect(step.pending?.(first, input)).toEqual({
      running: 'The instance is taking over the new metadata options',
    });
    expect(step.pending?.(second, input)).toBeUndefined();

    await step.undo(aws, input, before, second);
    const [third, fourth] = [await read(aws), await read(aws)];
    expect([third, fourth].map((now) => step.restored(now, input, before))).toEqual([false, true]);
  });

  it('fails where EC2 does not tell whether it is on: it could not be restored (laws 7, 10)', async () => {
    const untold = instances(anInstance({ MetadataOptions: { HttpTokens: 'required' } }));

    await expect(read(untold)).rejects.toThrow(
      'EC2 does not tell whether the metadata service of i-0a1b2c3d is on.',
    );
  });

  it('leaves an instance that is gone', async () => {
    const aws = instances(anInstance());
    const there = await read(aws);

    await step.apply(aws, input, gone, run);
    await step.undo(aws, input, gone, there);
    await step.undo(aws, input, there, gone);

    expect(aws.calls).toHaveLength(1);
    expect(step.holds(gone, input)).toBe(true);
    expect(step.restored(gone, input, there)).toBe(true);
    expect(step.restored(there, input, gone)).toBe(true);
    expect(step.drift(there, gone)).toEqual(['the instance was terminated since']);
  });
});
