import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { DBInstance } from '@aws-sdk/client-rds';
import type { Plan, Planned } from '../../src/domain/plan';
import type { Aws } from '../../src/operations/aws';
import { letsOutsidersIn } from '../../src/playbooks/close-rds-public-access/outside';
import { closeRdsPublicAccess } from '../../src/playbooks/close-rds-public-access/playbook';
import { rule } from '../operations/samples/ec2-rules';
import { aDatabase, database } from '../operations/samples/rds';
import { anAsked } from '../support/builders';
import { MemoryEc2 } from '../support/memory-ec2';
import { memoryRds } from '../support/memory-rds';
import { closeRdsPublicAccess as worlds } from './samples/close-rds-public-access';

const asked = anAsked({ target: worlds.target });

const aWorld = (databases: DBInstance[], groups: Record<string, SecurityGroupRule[]> = {}) => {
  const aws = new MemoryEc2(memoryRds(databases));
  for (const [id, rules] of Object.entries(groups)) aws.group(id, rules);
  return aws;
};

const look = async (aws: Aws): Promise<Planned> =>
  closeRdsPublicAccess.plan(await closeRdsPublicAccess.read(aws, asked), asked);

const planOf = async (
  more: DBInstance = {},
  groups: Record<string, SecurityGroupRule[]> = {},
): Promise<Plan> => {
  const VpcSecurityGroups = Object.keys(groups).map((id) => ({ VpcSecurityGroupId: id }));
  const made = await look(aWorld([aDatabase({ VpcSecurityGroups, ...more })], groups));
  if (made.kind !== 'plan') throw new Error(`${made.kind}: ${made.because}`);
  return made.plan;
};

const refusal = async (more: DBInstance): Promise<string> => {
  const made = await look(aWorld([aDatabase(more)]));
  return made.kind === 'refusal' ? made.because : made.kind;
};

describe('a public database', () => {
  it('loses its public address, and keeps name, port and groups', async () => {
    const { steps, keeps } = await planOf();

    expect(steps).toEqual([
      {
        operation: 'rds.set-public-access',
        input: { instance: database, public: false },
        phase: 'change',
      },
    ]);
    expect(keeps).toEqual([
      'Its name and port: orders.abc.eu-west-1.rds.amazonaws.com:5432. Clients inside the VPC notice nothing.',
      'Its security groups and their rules.',
    ]);
  });

  it('warns that clients outside are cut off', async () => {
    expect((await planOf()).warnings).toEqual([
      'Clients outside the VPC lose the database: established connections are cut, and new ones find no way.',
    ]);
  });

  it('of an Aurora cluster is changed alone', async () => {
    const { keeps } = await planOf({ Engine: 'aurora-mysql', DBClusterIdentifier: 'shop' });

    expect(keeps[2]).toBe('The other instances of cluster shop: each has a setting of its own.');
  });

  it('tells that other changes go on waiting, by name and never by value (law 12)', async () => {
    const waiting = {
      MasterUserPassword: 'secret-1',
      EngineVersion: '18.1',
      ProcessorFeatures: [],
      Iops: undefined,
    };
    const made = await planOf({ PendingModifiedValues: waiting });

    expect(made.warnings[1]).toBe(
      'Other changes wait for the maintenance window (EngineVersion, MasterUserPassword). They go on waiting: this change does not carry them out.',
    );
    expect(JSON.stringify(made)).not.toContain('secret-1');
  });
});

describe('who could connect', () => {
  const open = (FromPort: number, CidrIpv4: string, more: SecurityGroupRule = {}) => ({
    IpProtocol: 'tcp',
    FromPort,
    ToPort: FromPort,
    CidrIpv4,
    ...more,
  });

  it('is told from the rules of all its groups, on its own port', async () => {
    const { blastRadius } = await planOf(
      {},
      {
        'sg-2': [open(5432, '0.0.0.0/0', { Description: 'partners' }), open(22, '0.0.0.0/0')],
        'sg-1': [open(5432, '198.51.100.0/24'), open(5432, '10.0.0.0/8')],
      },
    );

    expect(blastRadius).toEqual([
      'These rules let addresses outside private networks in on port 5432 of orders (postgres), so far:',
      'sg-1: TCP 5432 from 198.51.100.0/24',
      'sg-2: TCP 5432 from 0.0.0.0/0 “partners”',
    ]);
  });

  it('is nobody where no rule lets outsiders in', async () => {
    const { blastRadius } = await planOf({}, { 'sg-1': [open(5432, '10.0.0.0/8')] });

    expect(blastRadius).toEqual([
      'No security group lets addresses outside private networks in on port 5432 of orders (postgres).',
    ]);
  });

  const from = (id: string, kind: 'ipv4' | 'ipv6' = 'ipv4') => ({ source: { kind, id } }) as const;
  it.each<[string, Parameters<typeof rule>, boolean]>([
    ['everybody', [5432, 5432, from('0.0.0.0/0')], true],
    ['everybody, IPv6', [5432, 5432, from('::/0', 'ipv6')], true],
    ['a range around the port', [5000, 6000, from('203.0.113.9/32')], true],
    ['all traffic', [-1, -1, { protocol: '-1', ...from('0.0.0.0/0') }], true],
    ['a prefix list', [5432, 5432, { source: { kind: 'prefix list', id: 'pl-1' } }], true],
    ['172.32.0.0/16', [5432, 5432, from('172.32.0.0/16')], true],
    ['100.128.0.0/16', [5432, 5432, from('100.128.0.0/16')], true],
    ['ports below', [5000, 5431, from('0.0.0.0/0')], false],
    ['ports above', [5433, 6000, from('0.0.0.0/0')], false],
    ['UDP', [5432, 5432, { protocol: 'udp', ...from('0.0.0.0/0') }], false],
    ['a group', [5432, 5432, { source: { kind: 'group', id: 'sg-1', owner: '' } }], false],
    ...['10.0.0.0/8', '172.16.0.0/12', '172.31.0.0/16', '192.168.1.0/24', '100.64.0.0/10'].map(
      (id): [string, Parameters<typeof rule>, boolean] => [id, [5432, 5432, from(id)], false],
    ),
    ['100.127.0.0/16', [5432, 5432, from('100.127.0.0/16')], false],
    ['169.254.0.0/16', [5432, 5432, from('169.254.0.0/16')], false],
    ['fd00::/8', [5432, 5432, from('fd00::/8', 'ipv6')], false],
    ['fe80::/10', [5432, 5432, from('fe80::/10', 'ipv6')], false],
  ])('through %s', (_, given, outside) => {
    expect(letsOutsidersIn(rule(...given), 5432)).toBe(outside);
  });
});

describe('nothing to do', () => {
  it('is a database that is private', async () => {
    expect(await look(worlds.compliant())).toEqual({
      kind: 'compliant',
      because: 'The database orders is not publicly accessible.',
    });
    const stopped = aDatabase({ PubliclyAccessible: false, DBInstanceStatus: 'stopped' });
    expect((await look(aWorld([stopped]))).kind).toBe('compliant');
  });

  it('is a database that is gone', async () => {
    expect(await look(aWorld([]))).toEqual({
      kind: 'compliant',
      because: 'The database orders does not exist any more.',
    });
  });
});

describe('a refusal', () => {
  it.each(['stopped', 'backing-up', 'incompatible-network'])(
    'names the state %s',
    async (status) => {
      expect(await refusal({ DBInstanceStatus: status })).toBe(
        `The database orders is in the state “${status}”. RDS changes it only while it is “available”: try again then.`,
      );
    },
  );

  it('is for one that is being modified, even if it reads as private (law 10)', async () => {
    expect(await refusal({ DBInstanceStatus: 'modifying', PubliclyAccessible: false })).toContain(
      '“modifying”',
    );
  });

  it('is for an instance of a Multi-AZ cluster, which RDS does not change alone', async () => {
    expect(await refusal({ DBClusterIdentifier: 'shop' })).toBe(
      'orders belongs to the Multi-AZ cluster shop: RDS changes no single instance of it.',
    );
  });
});

describe('a look', () => {
  it('fails where RDS tells nothing of public access, or the rules cannot be read (law 10)', async () => {
    const bare = aWorld([{ DBInstanceIdentifier: database, DBInstanceStatus: 'available' }]);
    const closed = worlds.toChange();
    closed.fail(1);

    await expect(look(bare)).rejects.toThrow('RDS does not tell whether orders is public');
    await expect(look(closed)).rejects.toThrow('UnauthorizedOperation');
  });

  it('takes what RDS leaves out for nothing', async () => {
    const bare = {
      DBInstanceIdentifier: database,
      DBInstanceStatus: 'available',
      PubliclyAccessible: true,
    };
    const strange = { ...bare, VpcSecurityGroups: [{}] };

    expect(await closeRdsPublicAccess.read(aWorld([strange]), asked)).toEqual(
      await closeRdsPublicAccess.read(aWorld([bare]), asked),
    );
    expect(await closeRdsPublicAccess.read(aWorld([bare]), asked)).toEqual({
      kind: 'database',
      engine: 'unknown',
      cluster: '',
      access: { gone: false, public: true, status: 'available' },
      address: '',
      port: 0,
      waiting: [],
      open: [],
    });
  });
});
