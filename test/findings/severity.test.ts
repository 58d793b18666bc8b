import {
  fromAsff,
  fromGuardDuty,
  fromInspector,
  fromMacie,
  fromOcsf,
} from '../../src/findings/severity';

test.each([
  [0, 'informational'],
  [1, 'low'],
  [39, 'low'],
  [40, 'medium'],
  [69, 'medium'],
  [70, 'high'],
  [89, 'high'],
  [90, 'critical'],
  [100, 'critical'],
  [-1, 'medium'],
  [101, 'medium'],
])('Security Hub: Normalized %d is %s', (Normalized, severity) => {
  expect(fromAsff({ Normalized })).toBe(severity);
});

test('Security Hub: the label counts before the number, the first place before the next', () => {
  expect(fromAsff({ Label: 'low', Normalized: 90 })).toBe('low');
  expect(fromAsff({}, { Label: 'CRITICAL' })).toBe('critical');
  expect(fromAsff({ Label: 'FATAL' })).toBe('medium');
});

test.each([
  [1, 'low'],
  [3.9, 'low'],
  [4, 'medium'],
  [6.9, 'medium'],
  [7, 'high'],
  [8.9, 'high'],
  [9, 'critical'],
  [10, 'critical'],
  [0, 'medium'],
  [11, 'medium'],
  [undefined, 'medium'],
])('GuardDuty: %d is %s', (value, severity) => {
  expect(fromGuardDuty(value)).toBe(severity);
});

test.each([
  ['High', 3, 'high'],
  [undefined, 1, 'low'],
  [undefined, 2, 'medium'],
  [undefined, 3, 'high'],
  [undefined, 7, 'medium'],
  [undefined, undefined, 'medium'],
])('Macie: %s with score %d is %s', (word, score, severity) => {
  expect(fromMacie(word, score)).toBe(severity);
});

test.each([
  [[1], 'informational'],
  [[5], 'critical'],
  [[6], 'critical'],
  [[99, 3], 'medium'],
  [[0, 2], 'low'],
  [[1.5], 'medium'],
  [[], 'medium'],
])('OCSF: %j is %s', (ids, severity) => {
  expect(fromOcsf(...ids)).toBe(severity);
});

test('Inspector: a word counts, UNTRIAGED is unknown', () => {
  expect([fromInspector('CRITICAL'), fromInspector('UNTRIAGED')]).toEqual(['critical', 'medium']);
});
