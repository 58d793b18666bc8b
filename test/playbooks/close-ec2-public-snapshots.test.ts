import type { Plan, Planned } from '../../src/domain/plan';
import type { Aws } from '../../src/operations/aws';
import { closeEc2PublicSnapshots } from '../../src/playbooks/close-ec2-public-snapshots/playbook';
import { anAsked } from '../support/builders';
import { awsError, MemoryAws } from '../support/memory-aws';
import { memorySnapshots, type SharedSnapshot } from '../support/memory-snapshots';
import { closeEc2PublicSnapshots as worlds, snapshot } from './samples/close-ec2-public-snapshots';

const asked = anAsked({ target: worlds.target });

const look = async (aws: Aws): Promise<Planned> =>
  closeEc2PublicSnapshots.plan(await closeEc2PublicSnapshots.read(aws, asked), asked);

const planOf = async (...all: SharedSnapshot[]): Promise<Plan> => {
  const made = await look(new MemoryAws(memorySnapshots(all, { pageSize: 20 })));
  if (made.kind !== 'plan') throw new Error(`${made.kind}: ${made.because}`);
  return made.plan;
};

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => snapshot(`snap-${String(index).padStart(3, '0')}`));

describe('public snapshots', () => {
  it('are each a step of its own and named in the plan, in one order, over all pages', async () => {
    const made = await look(worlds.toChange());
    if (made.kind !== 'plan') throw new Error(made.because);

    expect(made.plan.steps).toEqual(
      ['snap-1', 'snap-2', 'snap-3'].map((snapshotId) => ({
        operation: 'ec2.make-snapshot-private',
        input: { snapshotId },
        phase: 'change',
      })),
    );
    expect(made.plan.effects.map(({ what }) => what)).toEqual([
      'Snapshot snap-1',
      'Snapshot snap-2',
      'Snapshot snap-3',
    ]);
  });

  it('are told with volume, size, day, words and tags', async () => {
    const Tags = [{ Key: 'owner', Value: 'web' }, {}];
    const { effects } = await planOf(snapshot('snap-1', { Description: 'nightly', Tags }));

    expect(effects).toEqual([
      {
        what: 'Snapshot snap-1',
        before: 'public: 8 GiB of vol-0a1b2c3d, taken 2026-01-31, “nightly”, owner=web, =',
        after: 'not public',
      },
    ]);
  });

  it('are told as far as EC2 tells of them', async () => {
    const call = async () => ({ Snapshots: [{}], $metadata: {} });
    const made = await look({ call });
    if (made.kind !== 'plan') throw new Error(made.because);

    expect(made.plan.effects[0]?.before).toBe(
      'public: 0 GiB of an unknown volume, taken on an unknown day',
    );
  });

  it('of other accounts, and those shared by name only, are left alone', async () => {
    const { steps } = await planOf(
      snapshot('snap-theirs', { OwnerId: '444455556666' }),
      snapshot('snap-named', { sharedWith: ['444455556666'] }),
      snapshot('snap-1'),
    );

    expect(steps.map(({ input }) => input)).toEqual([{ snapshotId: 'snap-1' }]);
  });

  it('are fifty at once, by id, and the warning says how many stay public', async () => {
    const [fits, over, more] = [
      await planOf(...many(50)),
      await planOf(...many(51).reverse()),
      await planOf(...many(52)),
    ];

    expect(fits.steps).toHaveLength(50);
    expect(fits.warnings).toHaveLength(2);
    expect(over.steps).toEqual(fits.steps);
    expect(over.warnings[1]).toBe(
      '1 more snapshot stays public: this plan closes the first 50 by id. Run it again for the rest.',
    );
    expect(more.warnings[1]).toMatch(/^2 more snapshots stay public/);
  });
});

describe('words for the approver', () => {
  it('say that copies stay, and how to keep it from coming back', async () => {
    const { warnings, blastRadius } = await planOf(snapshot('snap-1'));

    expect(warnings).toEqual([
      expect.stringMatching(/^Whatever was public may have been copied/),
      expect.stringMatching(
        /aws ec2 enable-snapshot-block-public-access --state block-all-sharing --region eu-west-1$/,
      ),
    ]);
    expect(blastRadius).toEqual([
      expect.stringMatching(/^Any AWS account can make volumes of 1 snapshot of account/),
    ]);
  });

  it('say why there is nothing to do', async () => {
    expect(await look(worlds.compliant())).toEqual({
      kind: 'compliant',
      because: 'No EBS snapshot of account 111122223333 in eu-west-1 is shared with everybody.',
    });
    const empty = { call: async () => ({ $metadata: {} }) };
    expect((await look(empty)).kind).toBe('compliant');
  });
});

it('a page that cannot be read is an error, never the end of the list (law 10)', async () => {
  const aws = worlds.toChange();
  aws.fail(1, { error: awsError('RequestLimitExceeded') });

  await expect(look(aws)).rejects.toThrow('RequestLimitExceeded');
});
