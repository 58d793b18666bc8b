import { refOf, voteOn } from '../../support/gate-votes';
import { aGate } from '../../support/memory-gate';
import { ann } from '../../support/people';

describe('a run', () => {
  it('D24: leaves objects their storage class, wherever it sends them', async () => {
    const gate = aGate();
    const cold = { modified: '2026-01-01T00:00:00.000Z', tags: {}, storageClass: 'STANDARD_IA' };
    for (const [key, body] of [
      ['in/clean', 'clean 1'],
      ['in/yes', 'card 2'],
      ['in/no', 'card 3'],
    ] as const)
      gate.buckets.put('raw', { key, body, ...cold });
    const id = await gate.begin();
    await gate.advanceAll(id);
    const some = (key: string) => ({ kind: 'some' as const, refs: [refOf(gate, id, key)] });
    await voteOn(gate, id, ann, { scope: some('in/yes') });
    await voteOn(gate, id, ann, { verdict: 'deny', scope: some('in/no') });
    await gate.advanceAll(id);
    const { released, quarantine } = gate.buckets.places;
    expect(
      [...released, ...quarantine].map(({ body, storageClass }) => [body, storageClass]),
    ).toEqual([
      ['clean 1', 'STANDARD_IA'],
      ['card 2', 'STANDARD_IA'],
      ['card 3', 'STANDARD_IA'],
    ]);
  });
});
