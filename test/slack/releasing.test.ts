import type { KnownBlock } from '@slack/types';
import { undo } from '../../src/app/undo';
import { buttonsOf } from '../blocks/support/reading';
import { account, aPolicy, region } from '../support/builders';
import { awsError } from '../support/memory-aws';
import { ann, clickOf, gus, rita } from '../support/people';
import { aLookout } from './support/isolating';

const id = 'i-0a1b2c3d';
const policy = aPolicy({ accounts: [{ id: account, name: 'security', regions: [region] }] });

describe('/release', () => {
  it('shows what would be restored, and asks why', async () => {
    const lookout = await aLookout({ policy });
    const { id: of } = await lookout.through();

    const { view, text, form } = await lookout.askBack('i-0a1 because it was rebuilt', ann);

    expect(form).toBe('v1:remediation.undo');
    expect(JSON.parse(view.private_metadata ?? '')).toMatchObject({ id: of });
    expect(view.title.text).toBe('Release');
    expect(text).toContain('Nobody has changed the target since.');
    expect(text).toContain('Detach the instance profile of i-0a1b2c3d');
    expect(JSON.stringify(view.blocks)).toContain('"initial_value":"it was rebuilt"');
  });

  it('is refused to who may not (law 3)', async () => {
    const lookout = await aLookout({ policy });
    await lookout.through();

    expect((await lookout.askBack(id, rita)).text).toContain('✋ Only approvers may undo');
    expect((await lookout.askBack(id, gus)).text).toContain('✋ You are a guest');
  });

  it('says what is isolated where nothing of that name is', async () => {
    const lookout = await aLookout({ policy });

    expect((await lookout.askBack(id, ann)).text).toContain(
      'Drawbridge has not isolated i-0a1b2c3d. Nothing is isolated by Drawbridge now.',
    );
    await lookout.through();
    expect((await lookout.askBack('i-0fff', ann)).text).toContain('Isolated now: i-0a1b2c3d.');
    expect((await lookout.askBack(`${id} us-east-1`, ann)).text).toContain('has not isolated');
  });

  it('says so where it is being released already', async () => {
    const lookout = await aLookout({ policy });
    const { id: of } = await lookout.through();
    await undo(lookout.door, of, clickOf(ann), 'it was rebuilt');

    expect((await lookout.askBack(id, ann)).text).toContain('i-0a1b2c3d is being released.');
  });

  it('says that it is not isolated yet while the isolation waits or runs', async () => {
    const lookout = await aLookout({ policy });
    const { id: of } = await lookout.isolate();

    expect((await lookout.askBack('i-0a1', ann)).text).toContain(
      `i-0a1b2c3d is not isolated yet (${of}, preparing).`,
    );
    const stored = await lookout.stored(of);
    await lookout.held.commit({
      remediation: { ...stored, version: stored.version + 1, status: { state: 'applying' } },
      events: [],
    });

    const { text, form } = await lookout.askBack(id, ann);

    expect(text).toContain(`i-0a1b2c3d is being isolated right now (${of}).`);
    expect(text).not.toContain('has not isolated');
    expect(form).toBeUndefined();
    expect((await lookout.askBack('i-0fff', ann)).text).toContain('has not isolated i-0fff');
  });

  it('tells of an earlier isolation that still stands', async () => {
    const lookout = await aLookout({
      policy,
      server: {
        instead: {
          'ec2:DisassociateIamInstanceProfile': () => {
            throw awsError('UnauthorizedOperation', { $fault: 'client' });
          },
        },
      },
    });
    const first = await lookout.through();
    lookout.clock.pass(1000);
    const second = await lookout.through();

    const { view, text } = await lookout.askBack(id, ann);

    expect(JSON.parse(view.private_metadata ?? '')).toMatchObject({ id: second.id });
    expect(text).toContain(`An earlier isolation (${first.id}) changed it too`);
  });

  it('lets people choose among several', async () => {
    const lookout = await aLookout({ policy });
    const one = await lookout.through();
    const other = { ...one, id: 'rem-other00000' as typeof one.id, case: one.case, version: 1 };
    await lookout.held.commit({
      remediation: { ...other, target: { ...one.target, id: 'i-0a1ffff0' } },
      due: { id: `watch-${other.id}` as never, at: '2026-03-02' },
      events: [],
    });

    const { view, text } = await lookout.askBack('i-0a1', ann);

    expect(text).toContain('2 isolated instances begin with i-0a1. Which one?');
    expect(buttonsOf(view.blocks as KnownBlock[])).toEqual([
      'Release i-0a1b2c3d…',
      'Release i-0a1ffff0…',
    ]);
  });
});
