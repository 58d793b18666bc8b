import { exceedsTargets, mayRunAutomatically, rulingFor } from '../../src/domain/policy';
import { aPlan, aPolicy, aTarget } from '../support/builders';

const now = new Date('2026-03-02T12:00:00.000Z');
const policy = (rule: object = {}, caps = {}) =>
  aPolicy({
    rules: [{ when: {}, run: 'automatic', ...rule }],
    windows: { office: { zone: 'UTC', from: '13:00', to: '17:00' } },
    caps,
  });
const verdict = (of = policy(), plan = aPlan(), runsInTheLastHour = 0, at = now) => {
  const playbook = { id: 'close-ec2-admin-ports', answers: [] };
  const ruling = rulingFor(of, { playbook, target: aTarget });
  if (ruling.run !== 'automatic') throw new Error(`it is ${ruling.run}`);
  return mayRunAutomatically(of, ruling, plan, { runsInTheLastHour, now: at });
};
const no = (because: string) => ({ ok: false, because });

describe('an automatic run', () => {
  it('needs nobody while nothing is odd', () => {
    expect(verdict()).toEqual({ ok: true });
  });

  it('stops and asks where the plan warns, unless its rule says otherwise', () => {
    const warned = aPlan({ warnings: ['x'] });

    expect(verdict(policy(), warned)).toEqual(no('The plan has warnings.'));
    expect(verdict(policy({ evenWithWarnings: true }), warned)).toEqual({ ok: true });
  });

  it('stops and asks where it could not be taken back, whatever its rule says', () => {
    const final = aPlan({ reversible: { not: 'The key is gone.' } });

    expect(verdict(policy({ evenWithWarnings: true }), final)).toEqual(
      no('It cannot be undone: The key is gone.'),
    );
  });

  it('may collect evidence, which takes nothing away that could be brought back', () => {
    const reversible = { not: 'Evidence is kept.' };
    const [step] = aPlan().steps;
    const collecting = { ...step!, phase: 'evidence' } as const;

    expect(verdict(policy(), aPlan({ reversible, steps: [collecting] }))).toEqual({ ok: true });
    expect(verdict(policy(), aPlan({ reversible, steps: [collecting, step!] }))).toMatchObject({
      ok: false,
    });
  });

  it('stops and asks at the cap of an hour', () => {
    expect(verdict(policy(), aPlan(), 9)).toEqual({ ok: true });
    expect(verdict(policy(), aPlan(), 10)).toEqual(
      no('10 runs without a person within an hour; at most 10 may.'),
    );
    expect(verdict(policy({}, { automaticPerHour: 0 }))).toMatchObject({ ok: false });
  });

  it('stops and asks where it changes too much at once', () => {
    const [step] = aPlan().steps;

    expect(verdict(policy({}, { targetsPerRequest: 1 }), aPlan({ steps: [step!, step!] }))).toEqual(
      no('This makes 2 changes at once; more than 1 need other eyes.'),
    );
  });

  it('stops and asks outside its window, and says when that opens', () => {
    const windowed = policy({ window: 'office' });

    expect(verdict(windowed)).toEqual(
      no('The window “office” is closed until 2026-03-02T13:00:00.000Z.'),
    );
    expect(verdict(windowed, aPlan(), 0, new Date('2026-03-02T13:00:00Z'))).toEqual({ ok: true });
  });

  it('tells all that stands in its way', () => {
    expect(verdict(policy({ window: 'office' }), aPlan({ warnings: ['x'] }), 10)).toMatchObject({
      because: expect.stringMatching(/warnings\. .* at most 10 may\. .*closed until/),
    });
  });
});

it('as many changes as the cap are not too many; the default is 50', () => {
  expect(exceedsTargets(aPolicy(), 50)).toBeUndefined();
  expect(exceedsTargets(aPolicy(), 51)).toBe(
    'This makes 51 changes at once; more than 50 need other eyes.',
  );
});
