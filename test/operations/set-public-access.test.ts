import type { DBInstance } from '@aws-sdk/client-rds';
import { setPublicAccess } from '../../src/operations/rds/set-public-access';
import { MemoryAws } from '../support/memory-aws';
import { memoryRds } from '../support/memory-rds';
import { aDatabase, database } from './samples/rds';

const run = 'rem-0000000000/0';
const input = { instance: database, public: false };
const gone = { gone: true } as const;
const access = (isPublic: boolean, status = 'available') =>
  ({ gone: false, public: isPublic, status }) as const;

const databases = (more: DBInstance = {}, lag = 0) =>
  new MemoryAws(memoryRds([aDatabase(more)], { lag }));
const read = (aws: MemoryAws) => setPublicAccess.read(aws, input, run);
const modified = ({ calls }: MemoryAws) =>
  calls.filter(({ name }) => name === 'rds:ModifyDBInstance').map(({ input: sent }) => sent);

describe('switching public access', () => {
  it('never sends ApplyImmediately, so changes that wait go on waiting', async () => {
    const waiting = { EngineVersion: '18.1', MultiAZ: true };
    const aws = databases({ PendingModifiedValues: waiting });

    await setPublicAccess.apply(aws, input, await read(aws), run);

    expect(modified(aws)).toEqual([{ DBInstanceIdentifier: database, PubliclyAccessible: false }]);
    const found = await aws.call('rds:DescribeDBInstances', { DBInstanceIdentifier: database });
    expect(found.DBInstances?.[0]).toMatchObject({
      PubliclyAccessible: false,
      PendingModifiedValues: waiting,
    });
    expect(found.DBInstances?.[0]).not.toHaveProperty('EngineVersion');
  });

  it('is told in words, both ways', () => {
    expect(setPublicAccess.describe(input)).toBe('Switch public access to orders off');
    expect(setPublicAccess.describe({ ...input, public: true })).toBe(
      'Switch public access to orders on',
    );
  });

  it('is waited for while RDS is modifying, for half an hour at most', async () => {
    const aws = databases({}, 1);

    await setPublicAccess.apply(aws, input, await read(aws), run);
    const [first, second] = [await read(aws), await read(aws)];

    expect(first).toEqual(access(false, 'modifying'));
    expect([first, second].map((now) => setPublicAccess.holds(now, input))).toEqual([false, true]);
    expect(setPublicAccess.pending?.(first, input)).toEqual({
      running: 'RDS is modifying the database',
    });
    expect(setPublicAccess.pending?.(second, input)).toBeUndefined();
    expect(setPublicAccess.pending?.(gone, input)).toBeUndefined();
    expect(setPublicAccess.patience?.(input)).toBe(1800);
  });

  it('asks for nothing while RDS is modifying: it would refuse', async () => {
    const aws = databases({ DBInstanceStatus: 'modifying' });

    await setPublicAccess.apply(aws, input, await read(aws), run);

    expect(modified(aws)).toEqual([]);
  });

  it('fails with RDS’s own code in any other state', async () => {
    const aws = databases({ DBInstanceStatus: 'stopped' });

    const applied = setPublicAccess.apply(aws, input, await read(aws), run);

    await expect(applied).rejects.toThrow('InvalidDBInstanceStateFault');
  });

  it.each<[string, DBInstance]>([
    ['public access', { DBInstanceIdentifier: database, DBInstanceStatus: 'available' }],
    ['the state', { DBInstanceIdentifier: database, PubliclyAccessible: false }],
  ])('fails where RDS does not tell %s: unknown is not private (law 10)', async (_, bare) => {
    await expect(read(new MemoryAws(memoryRds([bare])))).rejects.toThrow('RDS does not tell');
  });

  it('passes on an error that it does not know (law 10)', async () => {
    const aws = databases();
    aws.fail(0);

    await expect(read(aws)).rejects.toThrow('UnauthorizedOperation');
  });

  it('takes an answer without the database for gone', async () => {
    const call = () => Promise.resolve({ $metadata: {} });

    expect(await setPublicAccess.read({ call }, input, run)).toEqual(gone);
  });
});

describe('the way back', () => {
  it('leaves a database that is gone, or was never there', async () => {
    const aws = databases();

    await setPublicAccess.undo(aws, input, access(true), gone);
    await setPublicAccess.undo(aws, input, gone, access(false));

    expect(aws.calls).toEqual([]);
    expect(setPublicAccess.restored(gone, input, access(true))).toBe(true);
    expect(setPublicAccess.restored(access(false), input, gone)).toBe(true);
  });

  it('ends only when RDS has done it', () => {
    expect(setPublicAccess.restored(access(true, 'modifying'), input, access(true))).toBe(false);
    expect(setPublicAccess.restored(access(false), input, access(true))).toBe(false);
    expect(setPublicAccess.restored(access(true), input, access(true))).toBe(true);
  });

  it('tells what others changed since', () => {
    expect(setPublicAccess.drift(access(false), access(true))).toEqual([
      'public access was switched on since',
    ]);
    expect(setPublicAccess.drift(access(true), access(false))).toEqual([
      'public access was switched off since',
    ]);
    expect(setPublicAccess.drift(access(false, 'modifying'), access(false))).toEqual([]);
    expect(setPublicAccess.drift(access(false), gone)).toEqual(['the database was deleted since']);
    expect(setPublicAccess.drift(gone, access(false))).toEqual(['the database is there again']);
    expect(setPublicAccess.drift(gone, gone)).toEqual([]);
  });
});
