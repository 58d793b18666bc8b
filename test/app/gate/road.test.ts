import { decide } from '../../../src/app/gate/decide';
import { aGate } from '../../support/memory-gate';
import { ann, clickOf } from '../../support/people';

const inGate = { channel: 'C0GATE' };

describe('a run', () => {
  it('releases what is proven clean, and holds all else until a person says yes', async () => {
    const gate = aGate();
    const clean = gate.upload('in/a.csv', 'clean', { owner: 'lab' });
    const card = gate.upload('in/b.csv', 'card');
    const skip = gate.upload('in/c.bin', 'skip');
    const partial = gate.upload('in/d.zip', 'partial');
    const id = await gate.begin();
    await gate.advanceAll(id);

    expect(gate.bodies('released')).toEqual([clean]);
    expect(gate.buckets.current('released', 'in/a.csv')?.tags).toEqual({
      owner: 'lab',
      'drawbridge:object': `${id}.000001-0000`,
    });
    expect(gate.bodies('review').sort()).toEqual([card, partial, skip].sort());
    expect(gate.bodies('raw')).toEqual([]);
    // Macie shows samples of what is still where it read it.
    expect(gate.bodies('stage').sort()).toEqual([card, partial, skip].sort());
    expect(gate.run(id).status.state).toBe('review');
    expect(gate.run(id).summary).toMatchObject({
      severities: { low: 0, medium: 0, high: 1 },
      detected: [{ type: 'CREDIT_CARD_NUMBER', count: 3, objects: 1 }],
    });

    const seen = gate.run(id).summary!.hash;
    const vote = {
      run: id,
      verdict: 'approve',
      scope: { kind: 'all' },
      seen,
      reason: 'ok',
    } as const;
    expect(await decide(gate.deps(), vote, clickOf(ann, inGate))).toMatchObject({ number: 1 });
    await gate.advanceAll(id);

    expect(gate.run(id).status.state).toBe('done');
    expect(gate.bodies('stage')).toEqual([]);
    expect(gate.bodies('released').sort()).toEqual([card, clean, partial, skip].sort());
    expect(gate.buckets.current('released', 'in/b.csv')?.tags).toMatchObject({
      SensitiveDataFound: 'true',
    });
    expect(gate.told(id)).toEqual([
      'gate.started',
      'gate.staged',
      'gate.scanning',
      'gate.scanned',
      'gate.judged',
      'gate.released',
      'gate.review-asked',
      'gate.decided',
      'gate.objects-released',
      'gate.done',
    ]);
  });
});
