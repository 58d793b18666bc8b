import { move, MovedMeanwhile } from '../../src/app/move';
import { aRemediation } from '../support/builders';
import { memoryStore } from '../support/memory-store';

describe('a move', () => {
  it('that no state allows writes nothing', async () => {
    const store = memoryStore();

    const moved = move({ store }, aRemediation(), { state: 'applying' }, []);

    await expect(moved).rejects.toThrow(
      new MovedMeanwhile('preparing cannot become applying').message,
    );
    expect(store.held.remediations.size).toBe(0);
  });

  it('from a state that is not the stored one any more writes nothing (law 4)', async () => {
    const store = memoryStore();
    await store.commit({ remediation: aRemediation(), events: [] });
    await move({ store }, aRemediation(), { state: 'awaiting approval' }, []);

    const late = move({ store }, aRemediation(), { state: 'held', at: '', because: '' }, []);

    await expect(late).rejects.toThrow(MovedMeanwhile);
    expect((await store.remediation(aRemediation().id))?.status.state).toBe('awaiting approval');
  });
});
