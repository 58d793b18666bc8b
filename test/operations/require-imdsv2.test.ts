import type { Instance } from '@aws-sdk/client-ec2';
import { requireImdsv2, type MetadataOptions } from '../../src/operations/ec2/require-imdsv2';
import { MemoryAws } from '../support/memory-aws';
import { memoryInstances } from '../support/memory-instances';
import { anInstance, instanceId } from './samples/ec2-instances';

const run = 'rem-0000000000/0';
const input = { instanceId };
const gone = { gone: true } as const;
const options = (more: Partial<MetadataOptions> = {}): MetadataOptions => ({
  gone: false,
  tokens: 'optional',
  applied: true,
  endpoint: 'enabled',
  hopLimit: 3,
  ipv6: 'enabled',
  tags: 'enabled',
  ...more,
});

const instances = (instance: Instance, lag = 0) =>
  new MemoryAws(memoryInstances([instance], { lag }));
const read = (aws: MemoryAws) => requireImdsv2.read(aws, input, run);

describe('requiring IMDSv2', () => {
  it('sends nothing but the tokens, so the endpoint, hop limit, IPv6 and tags stay', async () => {
    const aws = instances(anInstance());

    await requireImdsv2.apply(aws, input, await read(aws), run);

    expect(aws.calls.at(1)?.input).toEqual({ InstanceId: instanceId, HttpTokens: 'required' });
    expect(await read(aws)).toEqual(options({ tokens: 'required' }));
  });

  it('never switches a metadata endpoint on that was switched off, nor does its undo', async () => {
    const off = { HttpTokens: 'optional', HttpEndpoint: 'disabled' } as const;
    const aws = instances(anInstance({ MetadataOptions: off }));
    const before = await read(aws);

    await requireImdsv2.apply(aws, input, before, run);
    expect(await read(aws)).toMatchObject({ tokens: 'required', endpoint: 'disabled' });

    await requireImdsv2.undo(aws, input, before, await read(aws));
    expect(await read(aws)).toEqual(before);
  });

  it('is waited for while the instance takes the options over', async () => {
    const aws = instances(anInstance(), 2);

    await requireImdsv2.apply(aws, input, await read(aws), run);
    const [first, second, third] = [await read(aws), await read(aws), await read(aws)];

    expect([first, second, third].map((now) => requireImdsv2.holds(now, input))).toEqual([
      false,
      false,
      true,
    ]);
    expect(requireImdsv2.pending?.(first, input)).toEqual({
      running: 'The instance is taking over the new metadata options',
    });
    expect(requireImdsv2.pending?.(third, input)).toBeUndefined();
    expect(requireImdsv2.pending?.(gone, input)).toBeUndefined();
  });

  it('on a stopped instance waits for nothing: it takes them over when it starts', async () => {
    const stopped = anInstance({ State: { Name: 'stopped' } });
    const pending = {
      ...stopped.MetadataOptions,
      HttpTokens: 'required',
      State: 'pending',
    } as const;

    const now = await read(instances({ ...stopped, MetadataOptions: pending }));

    expect(requireImdsv2.holds(now, input)).toBe(true);
  });

  it.each<[string, Instance]>([
    ['no metadata options', { InstanceId: instanceId }],
    ['options without tokens', { InstanceId: instanceId, MetadataOptions: {} }],
  ])('fails where EC2 tells %s: unknown is not optional (law 10)', async (_, instance) => {
    await expect(read(instances(instance))).rejects.toThrow('EC2 does not tell the metadata');
  });

  it('takes EC2’s own defaults for options that it leaves out', async () => {
    const bare = { InstanceId: instanceId, MetadataOptions: { HttpTokens: 'optional' } } as const;

    expect(await read(instances(bare))).toEqual(
      options({ endpoint: 'unknown', hopLimit: 1, ipv6: 'disabled', tags: 'disabled' }),
    );
  });

  it.each(['shutting-down', 'terminated'] as const)(
    'has nothing to do on one that is %s',
    async (Name) => {
      expect(await read(instances(anInstance({ State: { Name } })))).toEqual(gone);
    },
  );

  it('takes an answer without the instance for gone', async () => {
    for (const answer of [{}, { Reservations: [{}] }]) {
      const call = () => Promise.resolve({ ...answer, $metadata: {} });
      expect(await requireImdsv2.read({ call }, input, run)).toEqual(gone);
    }
  });
});

describe('the way back', () => {
  it('leaves an instance that is gone, or was never there', async () => {
    const aws = instances(anInstance());

    await requireImdsv2.undo(aws, input, options(), gone);
    await requireImdsv2.undo(aws, input, gone, options());

    expect(aws.calls).toEqual([]);
    expect(requireImdsv2.restored(gone, input, options())).toBe(true);
    expect(requireImdsv2.restored(options(), input, gone)).toBe(true);
  });

  it('ends only when the instance has taken it over', () => {
    expect(requireImdsv2.restored(options({ applied: false }), input, options())).toBe(false);
    expect(requireImdsv2.restored(options({ tokens: 'required' }), input, options())).toBe(false);
    expect(requireImdsv2.restored(options(), input, options())).toBe(true);
  });

  it('tells what others changed since', () => {
    const changed = options({ tokens: 'required', endpoint: 'disabled', hopLimit: 1 });

    expect(requireImdsv2.drift(options(), changed)).toEqual([
      'Session tokens changed since: optional → required',
      'The metadata endpoint changed since: enabled → disabled',
      'The hop limit changed since: 3 → 1',
    ]);
    expect(requireImdsv2.drift(options(), gone)).toEqual(['the instance was terminated since']);
    expect(requireImdsv2.drift(gone, options())).toEqual(['the instance is there again']);
    expect(requireImdsv2.drift(gone, gone)).toEqual([]);
  });
});
