import type { Allowed } from './approval';
import { units } from './duration';
import type { Person } from './person';

export type Triage = 'acknowledge' | 'assign' | 'suppress' | 'end the exception of';

/** How long a finding may be accepted: what the form offers, in days. */
export const exceptionDays = {
  1: '1 day',
  7: '1 week',
  30: '30 days',
  90: '90 days',
  365: '1 year',
};

/** It stops people from hearing of a finding, or makes them hear again. */
export const isAboutSilence = (what: Triage): boolean =>
  what === 'suppress' || what === 'end the exception of';

/** Taking notice is for everybody with a role; silence is for responders, as remediation is. */
export const mayTriage = (person: Person, what: Triage): Allowed => {
  const quiet = isAboutSilence(what);
  const may = quiet ? person.roles.includes('responder') : person.roles.length > 0;
  if (may) return { ok: true };
  const because = `Only responders${quiet ? '' : ' and approvers'} may ${what} a finding.`;
  return { ok: false, because, who: 'responder' };
};

/** Whoever a finding is assigned to can see to it. */
export const mayBeAssigned = ({ name, outsider, roles }: Person): Allowed => {
  if (outsider) return { ok: false, because: `${name} is ${outsider} here, so cannot see to it.` };
  return roles.length > 0
    ? { ok: true }
    : { ok: false, because: `${name} is neither responder nor approver.`, who: 'responder' };
};

/** When an exception of so many days ends; none if they are not 1 to 365. */
export const untilOf = (now: Date, days: number): string | undefined =>
  Number.isInteger(days) && days >= 1 && days <= 365
    ? new Date(now.getTime() + days * units.d).toISOString()
    : undefined;

/** An evaluation that ended this soon after a change may have begun before it. */
export const lag = units.h;
