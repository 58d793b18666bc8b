import fc from 'fast-check';
import {
  decodeClick,
  decodeForm,
  encodeClick,
  encodeForm,
  fitsClick,
  gateActs,
  type Click,
  type Form,
} from '../../blocks/intent';
import { FindingKey, RemediationId } from '../../src/domain/ids';
import { hostile } from './support/arbitraries';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const finding = hex(32).map((key) => FindingKey.parse(key));
const id = fc.stringMatching(/^rem-[0-9a-z]{10,32}$/).map((id) => RemediationId.parse(id));
const hash = hex(64);
const playbook = fc.stringMatching(/^[a-z0-9-]{1,60}$/);
const target = fc
  .oneof(fc.string({ unit: 'binary', maxLength: 150 }), fc.constant('\u0000'.repeat(300)))
  .filter((text) => text.length <= 300);
const channel = fc.stringMatching(/^C[A-Z0-9]{2,19}$/);
const kind = <K extends string>(kind: K) => fc.constant(kind);

/** Whatever the gate's desk may want back: at most this fits into a menu's value as well. */
const gate = {
  run: fc.stringMatching(/^gate-[0-9a-z]{20}$/),
  act: fc.constantFrom(...gateActs),
  at: fc.stringMatching(/^\d{6}-\d{4}$/),
  filter: fc.stringMatching(/^[ox][ahmlus](\d{1,2})?$/),
  channel,
};
const clicks: fc.Arbitrary<Click> = fc.oneof(
  fc.record({ kind: kind('remediation.preview'), finding, playbook, target }),
  fc.record({ kind: kind('remediation.approve'), id, hash }),
  fc.record({ kind: kind('remediation.deny'), id, hash }),
  fc.record({ kind: kind('remediation.undo'), id }),
  fc.record({ kind: kind('gate'), ...gate }, { requiredKeys: ['kind', 'run', 'act'] }),
  ...(
    [
      'finding.details',
      'finding.acknowledge',
      'finding.assign',
      'finding.suppress',
      'finding.lift',
    ] as const
  ).map((name) => fc.record({ kind: kind(name), finding })),
);
const forms: fc.Arbitrary<Form> = fc.oneof(
  fc.record({ kind: kind('remediation.request'), finding, playbook, target, channel }),
  fc.record({ kind: kind('remediation.deny'), id, hash, channel }),
  fc.record({ kind: kind('remediation.undo'), id, channel, seen: hash }),
  fc.record({ kind: kind('finding.assign'), finding, channel }),
  fc.record({ kind: kind('finding.suppress'), finding, channel }),
  fc.record(
    { kind: kind('gate'), ...gate, seen: hash, text: target },
    { requiredKeys: ['kind', 'run', 'act', 'channel'] },
  ),
);
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.constantFrom(...hostile),
  fc.constantFrom(
    'v1:remediation.approve:0',
    'v1:__proto__:0',
    'v1:constructor:0',
    'v1:toString:0',
    'v1:remediation.deny',
    '{"__proto__":{"id":"rem-0123456789"}}',
    'null',
  ),
);
const approve = { id: 'rem-0123456789', hash: 'a'.repeat(64) };
const value = JSON.stringify(approve);

describe('a button', () => {
  it('is read back as what it was made from', () => {
    fc.assert(
      fc.property(clicks, fc.integer({ min: 0, max: 4 }), (click, place) => {
        const { action_id, value } = encodeClick(click, place);
        expect(fitsClick(click)).toBe(true);
        expect(decodeClick(action_id, value)).toEqual(click);
        expect(value.length).toBeLessThanOrEqual(2_000);
      }),
    );
  });

  it('of the gate fits into the value of a menu, whatever it names', () => {
    const run = `gate-${'x'.repeat(20)}`;
    const all = {
      run,
      act: 'identifier',
      at: '000001-0042',
      filter: 'ox12',
      channel: 'C'.repeat(20),
    } as const;
    expect(encodeClick({ kind: 'gate', ...all }).value.length).toBeLessThanOrEqual(150);
  });

  it('from outside is never an error and never something else', () => {
    fc.assert(
      fc.property(anything, fc.option(anything, { nil: undefined }), (action, value) => {
        const click = decodeClick(action, value);
        if (click) expect(action).toMatch(new RegExp(`^v1:${click.kind}:`));
      }),
    );
  });

  it.each([
    ['of another app', 'approve_button', value],
    ['of an older version', 'v0:remediation.approve:0', value],
    ['without a place', 'v1:remediation.approve', value],
    ['of an unknown kind', 'v1:remediation.destroy:0', value],
    ['named after a property of every object', 'v1:__proto__:0', value],
    ['named after a function of every object', 'v1:constructor:0', value],
    ['without a value', 'v1:remediation.approve:0', undefined],
    ['whose value is no JSON', 'v1:remediation.approve:0', '{'],
    ['whose value is no object', 'v1:remediation.approve:0', '"rem-0123456789"'],
    ['whose hash is cut', 'v1:remediation.approve:0', JSON.stringify({ ...approve, hash: 'aa' })],
    [
      'whose id has a path in it',
      'v1:remediation.approve:0',
      JSON.stringify({ ...approve, id: 'rem-0123456789/../x' }),
    ],
    ['of 10 kB', 'v1:remediation.approve:0', JSON.stringify({ ...approve, id: 'a'.repeat(1e4) })],
  ])('%s is nobody’s', (_, action, value) => {
    expect(decodeClick(action, value)).toBeUndefined();
  });

  it('loses what does not belong to it', () => {
    const forged = `{"id":"rem-0123456789","hash":"${approve.hash}","kind":"remediation.undo","by":"U0ALEX","__proto__":{"admin":true}}`;
    const click = decodeClick('v1:remediation.approve:0', forged);
    expect(click).toEqual({ kind: 'remediation.approve', ...approve });
    expect(click && 'admin' in click).toBe(false);
  });

  it('does not fit when a name from outside is too long for it', () => {
    const click = {
      kind: 'remediation.preview',
      finding: FindingKey.parse('a'.repeat(32)),
      playbook: 'close-ec2-admin-ports',
      target: 'x'.repeat(301),
    } as const;
    expect(fitsClick(click)).toBe(false);
  });
});

describe('a form', () => {
  it('is read back as what it was made from, and fits into a view', () => {
    fc.assert(
      fc.property(forms, (form) => {
        const { callback_id, private_metadata } = encodeForm(form);
        expect(decodeForm(callback_id, private_metadata)).toEqual(form);
        expect(private_metadata.length).toBeLessThanOrEqual(3_000);
      }),
    );
  });

  it('from outside is never an error', () => {
    fc.assert(
      fc.property(anything, anything, (callback, metadata) => {
        expect(() => decodeForm(callback, metadata)).not.toThrow();
      }),
    );
  });

  it.each([
    ['of another app', 'deny', '{}'],
    ['of an older version', 'v0:remediation.undo', '{"id":"rem-0123456789","channel":"C01"}'],
    ['without its channel', 'v1:remediation.undo', '{"id":"rem-0123456789"}'],
    ['without a kind', 'v1', '{}'],
  ])('%s is nobody’s', (_, callback, metadata) => {
    expect(decodeForm(callback, metadata)).toBeUndefined();
  });
});
