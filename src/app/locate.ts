import type { AccountId, Region } from '../domain/ids';
import { accountLabel, type Policy } from '../domain/policy';
import { Target } from '../domain/target';
import type { Wanted } from '../domain/wanted';
import { reasonOf } from './outcome';
import type { Deps } from './ports';

/** An instance that was found, as much of it as a choice among several needs. */
export interface Located {
  target: Target;
  /** Its Name tag; from outside. */
  name: string;
  /** EC2's word: `running`, `stopped` … */
  state: string;
}

export interface Search {
  found: Located[];
  /** Where nobody could look, and why: never read as “not there” (law 10). */
  unasked: string[];
  /** Accounts and Regions that were asked. */
  asked: number;
}

interface Place {
  account: AccountId;
  region: Region;
}

/** So many sessions at once. */
const hands = 16;
/** More than anybody chooses from. */
const enough = 20;
const permissions = ['ec2:DescribeInstances'];

/** Looks for an instance by its id, or the beginning of it, in all accounts and Regions of the policy, or where it is said to be. */
export const locate = async (
  { estate, policy }: Pick<Deps, 'estate' | 'policy'>,
  wanted: Wanted,
  who: { name: string; remediation: string },
): Promise<Search> => {
  const search: Search = { found: [], unasked: [], asked: 0 };
  const places = placesFor(policy, wanted);
  const work = async (): Promise<void> => {
    for (let place = places.shift(); place; place = places.shift())
      try {
        search.found.push(...(await lookIn(estate, place, wanted, who)));
        search.asked += 1;
      } catch (error) {
        const where = `${accountLabel(policy, place.account)}, ${place.region}`;
        search.unasked.push(`${where}: ${reasonOf(error)}`);
      }
  };
  await Promise.all(Array.from({ length: hands }, work));
  // Whatever answers first, the list reads the same.
  search.found.sort((a, b) => (a.target.id < b.target.id ? -1 : 1));
  search.unasked.sort();
  return search;
};

const placesFor = ({ accounts, hub }: Policy, { account, region }: Wanted): Place[] =>
  accounts
    .filter(({ id }) => account === undefined || id === account)
    .flatMap(({ id, regions = [hub.region] }) =>
      (region ? [region] : regions).map((each) => ({ account: id, region: each })),
    );

const lookIn = async (
  estate: Deps['estate'],
  { account, region }: Place,
  { instance }: Wanted,
  who: { name: string; remediation: string },
): Promise<Located[]> => {
  const anywhere = { kind: 'AwsEc2Instance', id: instance, account, region };
  const aws = await estate.session(anywhere, permissions, who);
  const found: Located[] = [];
  let NextToken: string | undefined;
  do {
    const page = await aws.call('ec2:DescribeInstances', {
      Filters: [{ Name: 'instance-id', Values: [`${instance}*`] }],
      MaxResults: 1000,
      ...(NextToken && { NextToken }),
    });
    const instances = (page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
    for (const { InstanceId: id = '', State, Tags = [] } of instances)
      found.push({
        target: Target.parse({ kind: 'AwsEc2Instance', id, account, region }),
        name: Tags.find(({ Key }) => Key === 'Name')?.Value ?? '',
        state: State?.Name ?? 'unknown',
      });
    NextToken = page.NextToken;
  } while (NextToken && found.length < enough);
  return found;
};
