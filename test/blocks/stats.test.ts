import { chartInWords, statsText } from '../../blocks/stats';
import { summary } from '../../src/domain/stats';
import { words } from './support/reading';
import { samples } from './support/samples-of-stats';
import { policy } from './support/samples';

const now = new Date('2026-03-02T09:00:00.000Z');
const told = (some = samples()) => words(statsText(summary(some, now), policy).blocks);

it('tells each time with its median, nine in ten, how often, and what it was before', () => {
  const text = told();

  expect(text).toContain(
    'Approval asked for → decided median 36 min (1.4 h) · 9 in 10 within 55 min · 30 times',
  );
  expect(text).toContain('Finding → remediated median 12 h');
});

it('tells severities apart, the worst first', () => {
  const text = told();

  expect(text).toMatch(/critical: median .* high: median .* low: median/);
});

it('counts outcomes against those before, and says how much was undone', () => {
  const text = told();

  expect(text).toContain('done: 3 (3)');
  expect(text).toContain('undone of what was done: 100 % (100 %)');
});

it('names the busiest accounts as people know them', () => {
  expect(told()).toContain(
    'Busiest accounts 444455556666: 20 outcomes security (111122223333): 10 outcomes',
  );
});

it('says once of what happened once, and nothing of before where there was none', () => {
  const one = {
    at: '2026-03-01T00:00:00.000Z',
    measures: [
      { kind: 'time' as const, span: 'decide' as const, seconds: 60, by: {} },
      { kind: 'outcome' as const, outcome: 'done' as const, by: {} },
    ],
  };

  const text = told([one]);

  expect(text).toContain('decided median 1 min · 9 in 10 within 1 min · 1 time Requested');
  expect(text).toContain('done: 1 (0)');
});

it('says so where there is nothing to tell', () => {
  const text = told([]);

  expect(text).toContain('Finding → acknowledged never');
  expect(text).toContain('none yet');
  expect(text).not.toContain('Busiest');
});

it('remembers what was timed before, and divides nothing by none', () => {
  const older = {
    at: '2026-01-20T00:00:00.000Z',
    measures: [
      { kind: 'time' as const, span: 'decide' as const, seconds: 60, by: {} },
      { kind: 'outcome' as const, outcome: 'undone' as const, by: {} },
    ],
  };

  const text = told([older]);

  expect(text).toContain('decided never (median 1 min)');
  expect(text).toContain('undone of what was done: – (–)');
});

it('puts the chart into words that Slack takes as its description', () => {
  const text = chartInWords(summary(samples(), now));

  expect(text).toMatch(
    /^Two charts of 12 weeks to 2026-03-02\. The median time from finding to remediation went from 2 d to /,
  );
  expect(text).toContain('Outcomes in all: 9 done');
  expect(text.length).toBeLessThanOrEqual(1000);
  expect(chartInWords(summary([], now))).toContain('was never timed');
});

it('says of a single value that it is one', () => {
  const one = {
    at: '2026-03-01T00:00:00.000Z',
    measures: [{ kind: 'time' as const, span: 'decide' as const, seconds: 60, by: {} }],
  };

  expect(chartInWords(summary([one], now))).toContain('to decision took 1 min');
});
