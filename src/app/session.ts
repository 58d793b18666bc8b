import type { Remediation } from '../domain/remediation';
import type { Deps } from './ports';

/** What marks a step's own work in AWS, whoever tries it again. */
export const runKey = ({ id }: Pick<Remediation, 'id'>, index: number): string => `${id}/${index}`;

export const sessionFor = (
  { estate }: Pick<Deps, 'estate'>,
  { target, requester, id }: Remediation,
  calls: readonly string[],
) => estate.session(target, calls, { name: requester.name, remediation: id });
