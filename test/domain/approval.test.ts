import {
  alreadyDecided,
  mayAct,
  mayDecide,
  mayRequest,
  mayUndo,
  settle,
} from '../../src/domain/approval';
import type { Decision } from '../../src/domain/remediation';
import { aPolicy, aProposal, aRemediation } from '../support/builders';
import { abe, ann, aPerson, bo, gus, nils, rita } from '../support/people';

const now = new Date('2026-03-01T12:00:00.000Z');
const place = { team: 'T0TEST', channel: 'C0ALERTS', shared: false };
const yesOf = (by: typeof ann, more: Partial<Decision> = {}): Decision => ({
  by: by.id,
  name: by.name,
  verdict: 'approve',
  at: now.toISOString(),
  hash: aProposal().hash,
  ...more,
});
const rule = { ...aProposal().rule, approvals: 2 };

describe('a person', () => {
  it.each([
    ['a member in a channel of ours', ann, {}, undefined],
    ['somebody of another workspace', ann, { team: 'T0OTHER' }, 'another Slack workspace'],
    ['somebody elsewhere', ann, { channel: 'C0OTHER' }, 'not set up for this channel'],
    ['somebody in a shared channel', ann, { shared: true }, 'shared with another organisation'],
    ['a guest', gus, {}, 'You are a guest here'],
  ])('may act here or hears why not: %s (law 3)', (_, person, more, because) => {
    const allowed = mayAct(aPolicy(), person, { ...place, ...more });

    expect(allowed).toEqual(
      because ? { ok: false, because: expect.stringContaining(because) } : { ok: true },
    );
  });

  it('may ask as a responder only', () => {
    expect(mayRequest(rita)).toEqual({ ok: true });
    expect(mayRequest(ann)).toMatchObject({ ok: false, who: 'responder' });
  });
});

describe('a decision', () => {
  const proposal = aProposal();
  const waiting = aRemediation({ status: { state: 'awaiting approval' }, proposal });
  const asked = (
    person: typeof ann,
    { remediation = waiting, hash = proposal.hash, at = now } = {},
  ) => mayDecide(remediation, remediation.proposal ?? proposal, person, hash, at);

  it('may be made by an approver on the plan that is shown', () => {
    expect(asked(ann)).toEqual({ ok: true });
  });

  it('may be made until one millisecond before its end', () => {
    const end = Date.parse(proposal.until);

    expect(asked(ann, { at: new Date(end - 1) })).toEqual({ ok: true });
    expect(asked(ann, { at: new Date(end) })).toMatchObject({ ok: false });
  });

  it('may not be made on another plan (law 2)', () => {
    expect(asked(ann, { hash: 'f'.repeat(64) })).toMatchObject({
      because: expect.stringContaining('The plan has changed'),
    });
  });

  it('may not be made without the role, and says which', () => {
    expect(asked(nils)).toEqual({
      ok: false,
      because: 'Only approvers may decide this.',
      who: 'approver',
    });
  });

  it('may be made by the requester only where the rule does not part the two', () => {
    const own = { ...waiting, requester: { id: bo.id, name: bo.name } };
    const together = { ...proposal, rule: { ...proposal.rule, separate: false } };

    expect(asked(bo, { remediation: own })).toMatchObject({
      because: expect.stringContaining('You asked for this'),
      who: 'approver',
    });
    expect(asked(bo, { remediation: { ...own, proposal: together } })).toEqual({ ok: true });
  });

  it('may be made once by each person', () => {
    const decided = { ...waiting, proposal: { ...proposal, decisions: [yesOf(ann)] } };

    expect(asked(ann, { remediation: decided })).toMatchObject({
      because: `You already decided at ${now.toISOString()}.`,
    });
    expect(asked(abe, { remediation: decided })).toEqual({ ok: true });
  });

  it('that comes late hears who was first, and what the state is now (law 3)', () => {
    const status = { state: 'approved', at: now.toISOString() } as const;
    const approved = { ...waiting, status, proposal: { ...proposal, decisions: [yesOf(ann)] } };
    const denied = yesOf(abe, { verdict: 'deny' });

    expect(asked(abe, { remediation: approved })).toMatchObject({
      because: `Ann already approved this at ${now.toISOString()}; it is approved now.`,
    });
    expect(
      alreadyDecided({ ...waiting, proposal: { ...proposal, decisions: [denied] } }),
    ).toContain('Abe already denied this');
    expect(alreadyDecided(aRemediation())).toBe(
      'There is nothing to decide: this remediation is preparing.',
    );
  });
});

describe('the decisions together', () => {
  it.each<[string, Decision[], string]>([
    ['nobody', [], 'open'],
    ['one of two', [yesOf(ann)], 'open'],
    ['two of two', [yesOf(ann), yesOf(abe)], 'approved'],
    ['the same person twice', [yesOf(ann), yesOf(ann)], 'open'],
    ['two, of whom one saw another plan', [yesOf(ann), yesOf(abe, { hash: 'old' })], 'open'],
    ['one no after two', [yesOf(ann), yesOf(abe), yesOf(bo, { verdict: 'deny' })], 'denied'],
  ])('of %s', (_, decisions, outcome) => {
    expect(settle(aProposal({ rule, decisions }))).toBe(outcome);
  });
});

describe('an undo', () => {
  const undoUntil = '2026-03-04T12:00:00.000Z';
  const done = aRemediation({
    status: { state: 'done', at: now.toISOString(), undoUntil },
    proposal: aProposal(),
  });
  const held = aRemediation({
    status: { state: 'held', at: now.toISOString(), because: '' },
    proposal: aProposal(),
  });
  const far = new Date('2027-01-01T00:00:00.000Z');

  it('may be made by the role that the policy names, until its end', () => {
    const end = Date.parse(undoUntil);

    expect(mayUndo(aPolicy(), done, ann, new Date(end - 1))).toEqual({ ok: true });
    expect(mayUndo(aPolicy(), done, ann, new Date(end))).toMatchObject({
      because: expect.stringContaining(`ended at ${undoUntil}`),
    });
    expect(mayUndo(aPolicy(), done, rita, now)).toMatchObject({ who: 'approver' });
  });

  it('of what is held has no end', () => {
    expect(mayUndo(aPolicy(), held, ann, far)).toEqual({ ok: true });
  });

  it('may not be made where nothing was done, or nothing was planned', () => {
    const { proposal: _, ...unplanned } = held;

    expect(mayUndo(aPolicy(), aRemediation(), ann, now)).toMatchObject({
      because: 'There is nothing to undo: this remediation is preparing.',
    });
    expect(mayUndo(aPolicy(), unplanned, ann, now)).toMatchObject({
      because: 'There is nothing to undo: this run ended before it had a plan.',
    });
  });

  it('says nothing of roles to those whom no role helps', () => {
    const guest = aPerson('U0X', 'X', [], { outsider: 'a bot' });

    expect(mayAct(aPolicy(), guest, place)).not.toHaveProperty('who');
  });
});
