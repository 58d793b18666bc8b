import { handOver } from '../../blocks/hand-over';
import type { Piece } from '../../src/app/evidence';
import type { Link } from '../../src/domain/audit';
import { verify } from '../../src/domain/audit';
import { anIsolation } from '../support/isolated-world';
import { aPlan, aProposal } from '../support/builders';

const piece: Piece = {
  name: 'host.json',
  key: 'evidence/rem-1/6-host.json',
  version: 'v1',
  sha256: 'ab'.repeat(32),
  size: 12,
  note: '',
  run: 'rem-1/6',
  at: '2026-03-01T00:00:00.000Z',
  by: 'Rita',
  standing: 'holds',
};

describe('the page of an isolation', () => {
  it('tells who, what, why, what was kept, all that happened in order, and what comes next', async () => {
    const world = await anIsolation();
    const done = await world.through();
    const trail: readonly Link[] = await world.held.trail(done.case);
    expect(verify(trail)).toMatchObject({ ok: true });

    const page = handOver(done, [piece], trail);

    for (const words of [
      '# Isolate an EC2 instance: i-0a1b2c3d',
      '“it talks to a mining pool”',
      '- State: done',
      '## What the plan changes',
      '## What it does not stop',
      `SHA-256 ${'ab'.repeat(32)}`,
      '## Timeline',
      'step applied and read back',
      '/release i-0a1b2c3d, by another person',
    ])
      expect(page).toContain(words);
    expect(page.split('\n').filter((line) => / \(#\d+ [0-9a-f]{12}\)$/.test(line))).toHaveLength(
      trail.length,
    );
  });

  it('names what a held one still needs, and stands without a plan or a yes', async () => {
    const world = await anIsolation();
    const asked = await world.isolate();
    const status = { state: 'held', at: asked.requestedAt, because: 'Not contained: all' } as const;
    const { proposal: _, ...bare } = asked;

    const page = handOver({ ...bare, status }, [], []);

    expect(page).toContain('State: held. Not contained: all');
    expect(page).toContain('Approved by: nobody yet');
    expect(page).toContain('Contain by hand');
    expect(page).not.toContain('## Evidence');
  });

  it('keeps text from outside on one line, without markup of its own (law 11)', async () => {
    const world = await anIsolation();
    const asked = await world.isolate();
    const effects = [{ what: 'a\n# b', before: '<x>', after: '[y](z)' }];

    const page = handOver({ ...asked, proposal: aProposal({ plan: aPlan({ effects }) }) }, [], []);

    expect(page).toContain('- a # b: \\<x\\> → \\[y\\](z)');
  });
});
