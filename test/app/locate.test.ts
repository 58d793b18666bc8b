import { locate } from '../../src/app/locate';
import type { Estate } from '../../src/app/ports';
import { Told } from '../../src/domain/errors';
import type { Wanted } from '../../src/domain/wanted';
import { account, aPolicy } from '../support/builders';
import { awsError, MemoryAws } from '../support/memory-aws';

const other = '444455556666';
const policy = aPolicy({
  accounts: [
    { id: account, name: 'security' },
    { id: other, name: 'prod', regions: ['eu-west-1', 'us-west-2'] },
  ],
});
const who = { name: 'Rita', remediation: 'locate' };

/** Instances by `account region`; an error in their place is thrown when they are asked for. */
const estateOf = (places: Record<string, readonly string[] | Error>) => {
  const asked: string[] = [];
  const estate: Estate = {
    async session({ account: of, region }, calls) {
      const place = `${of} ${region}`;
      asked.push(`${place} ${calls.join()}`);
      const there = places[place] ?? [];
      if (there instanceof Error) throw there;
      return new MemoryAws({
        'ec2:DescribeInstances': ({ Filters = [], NextToken }) => {
          const begins = Filters[0]?.Values?.[0]?.replace('*', '') ?? '-';
          if (Filters[0]?.Name !== 'instance-id') throw awsError('InvalidParameterValue');
          // EC2 may give empty pages before full ones.
          if (!NextToken) return { Reservations: [], NextToken: 'more' };
          const fits = there.filter((each) => each.startsWith(begins));
          const Instances = fits.map((InstanceId) => ({
            InstanceId,
            State: { Name: 'running' as const },
            Tags: [{ Key: 'Name', Value: `name of ${InstanceId}` }],
          }));
          return { Reservations: [{ Instances }] };
        },
      });
    },
  };
  return { estate, asked };
};
const find = async (places: Parameters<typeof estateOf>[0], wanted: Partial<Wanted> = {}) => {
  const { estate, asked } = estateOf(places);
  const search = await locate({ estate, policy }, { instance: 'i-0a1', ...wanted }, who);
  return { ...search, where: asked.sort() };
};

describe('an instance', () => {
  it('is looked for in each account and its Regions, by a session that can do nothing else (law 14)', async () => {
    const { found, unasked, asked, where } = await find({
      [`${other} us-west-2`]: ['i-0a1b2c3d', 'i-0a2'],
    });

    expect(where).toEqual([
      `${account} us-east-1 ec2:DescribeInstances`,
      `${other} eu-west-1 ec2:DescribeInstances`,
      `${other} us-west-2 ec2:DescribeInstances`,
    ]);
    expect(found).toEqual([
      {
        target: { kind: 'AwsEc2Instance', id: 'i-0a1b2c3d', account: other, region: 'us-west-2' },
        name: 'name of i-0a1b2c3d',
        state: 'running',
      },
    ]);
    expect([unasked, asked]).toEqual([[], 3]);
  });

  it.each([
    [{ account: other }, [`${other} eu-west-1`, `${other} us-west-2`]],
    [{ region: 'ap-south-1' }, [`${account} ap-south-1`, `${other} ap-south-1`]],
    [{ account, region: 'eu-west-1' }, [`${account} eu-west-1`]],
  ])('is looked for where it is said to be: %j', async (wanted, places) => {
    const { where } = await find({}, wanted as Partial<Wanted>);

    expect(where).toEqual(places.map((each) => `${each} ec2:DescribeInstances`));
  });

  it('is never “not there” where nobody could look (law 10)', async () => {
    const { found, unasked, asked } = await find({
      [`${account} us-east-1`]: ['i-0a1b2c3d'],
      [`${other} eu-west-1`]: awsError('AccessDenied'),
      [`${other} us-west-2`]: new Told('Account 444455556666 gave no session.'),
    });

    expect(found).toHaveLength(1);
    expect(asked).toBe(1);
    expect(unasked).toEqual([
      'prod (444455556666), eu-west-1: AccessDenied: AccessDenied from AWS',
      'prod (444455556666), us-west-2: Account 444455556666 gave no session.',
    ]);
  });

  it('of several is one of a list in a fixed order', async () => {
    const { found } = await find({
      [`${other} eu-west-1`]: ['i-0a1f', 'i-0a1b'],
      [`${account} us-east-1`]: ['i-0a1c'],
    });

    expect(found.map(({ target }) => target.id)).toEqual(['i-0a1b', 'i-0a1c', 'i-0a1f']);
  });
});
