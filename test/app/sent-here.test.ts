import { takeIn } from '../../src/app/intake';
import { syncSource } from '../../src/app/sync-source';
import { GroupId } from '../../src/domain/group';
import { aFinding } from '../support/builders';
import { anIntake } from '../support/intake';

/** A person presses “Send to Drawbridge” at Security Hub. */
const send = (
  { deps }: ReturnType<typeof anIntake>,
  more: Parameters<typeof aFinding>[0] = {},
  delivery = 'sent-1',
) => takeIn(deps, aFinding(more), delivery, 'custom action');

describe('a finding that a person sends here', () => {
  it.each([
    { workflow: 'suppressed' },
    { workflow: 'resolved' },
    { compliance: 'passed' },
    { record: 'archived' },
  ] as const)('has a card though nobody would be called for it: %j', async (more) => {
    const intake = anIntake();
    await intake.take(more);
    expect((await intake.record()).loud).toBe(false);

    await send(intake, more);

    expect(await intake.record()).toMatchObject({ loud: true, count: 1 });
    expect((await intake.trail()).at(-1)).toBe('finding.sent');
  });

  it('has a card also where it was never heard of', async () => {
    const intake = anIntake();
    expect(await send(intake, { workflow: 'suppressed' })).toBe('new');
    expect(await intake.record()).toMatchObject({ loud: true });
    expect(await intake.trail()).toEqual(['finding.received', 'finding.sent']);
  });

  it('leaves its group for a card of its own', async () => {
    const intake = anIntake();
    await intake.take();
    const known = await intake.record();
    const group = { id: GroupId.parse('a'.repeat(32)), shown: 'soon' } as const;
    const finding = { ...known, group, version: known.version + 1 };
    await intake.store.commit({ finding, events: [] });

    await send(intake);

    expect(await intake.record()).not.toHaveProperty('group');
  });

  it('is no echo of our own write, though it looks like one', async () => {
    const intake = anIntake();
    await intake.take();
    await syncSource(intake.deps, await intake.record());

    expect(await send(intake, { workflow: 'notified' })).toBe('seen again');
    expect((await intake.trail()).at(-1)).toBe('finding.sent');
  });

  it('is told once by one press, and again by another', async () => {
    const intake = anIntake();
    await send(intake);
    expect(await send(intake)).toBe('known');
    await send(intake, {}, 'sent-2');
    expect((await intake.trail()).filter((type) => type === 'finding.sent')).toHaveLength(2);
  });

  it('stays excepted by the policy, and is shown as that', async () => {
    const intake = anIntake();
    const rule = { reason: 'sandbox', until: '2027-01-01T00:00:00.000Z' };
    const deps = { ...intake.deps, exceptionFor: () => rule };

    await takeIn(deps, aFinding(), 'sent-1', 'custom action');

    expect(await intake.record()).toMatchObject({ loud: true, exception: rule });
  });
});
