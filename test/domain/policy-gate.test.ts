import { channelsOf, Policy } from '../../src/domain/policy';
import { policyText } from '../support/builders';

const withGate = (gate: object) => Policy.safeParse({ ...policyText, gate });

describe('the gate in the policy', () => {
  it('is off until a channel is named, which is then one of ours', () => {
    expect(Policy.parse(policyText).gate).toBeUndefined();
    expect(withGate({}).success).toBe(false);
    expect(channelsOf(Policy.parse(policyText)).has('C0GATE')).toBe(false);
    expect(channelsOf(withGate({ channel: 'C0GATE' }).data!).has('C0GATE')).toBe(true);
  });

  it('lets nothing out and nobody delete, unless it is said', () => {
    expect(withGate({ channel: 'C0GATE' }).data?.gate).toMatchObject({
      release: [],
      deletion: false,
      approvals: { high: 1, medium: 1, low: 1, otherwise: 1 },
      identifiers: { managed: { use: 'recommended' }, custom: [], allowLists: [] },
    });
  });

  it('may take uploads at once, and gives people some time in any case', () => {
    expect(withGate({ channel: 'C0GATE', quiet: '0m' }).data?.gate?.quiet).toBe(0);
    expect(withGate({ channel: 'C0GATE' }).data?.gate?.quiet).toBe(300_000);
    expect(withGate({ channel: 'C0GATE', decideWithin: '0m' }).success).toBe(false);
    expect(withGate({ channel: 'C0GATE', quiet: '0h' }).success).toBe(false);
  });

  it.each([
    ['an unknown key', { aprovals: {} }],
    ['no approval at all', { approvals: { high: 0 } }],
    ['a severity that Macie does not have', { release: ['critical'] }],
    ['identifiers by name without names', { identifiers: { managed: { use: 'only' } } }],
  ])('refuses %s', (_, gate) => {
    expect(withGate({ channel: 'C0GATE', ...gate }).success).toBe(false);
  });
});
