import type { Finding, Resource } from '../finding';
import { listsHold, tagsHold } from './matching';
import type { Policy } from './schema';

type Exception = Policy['exceptions'][number];

/**
 * The first exception that holds for this finding now. It has to hold for certain: what is not known is not excepted,
 * and neither is a finding that names another resource of the same kind too.
 */
export const exceptionFor = (
  policy: Policy,
  finding: Finding,
  now: Date,
): Pick<Exception, 'reason' | 'owner' | 'until'> | undefined => {
  const found = policy.exceptions.find(
    ({ when, until }) => now.toISOString() <= until && holds(when, finding),
  );
  return found && { reason: found.reason, owner: found.owner, until: found.until };
};

const holds = (when: Exception['when'], finding: Finding): boolean => {
  const { product, type, severity, account, control, region } = finding;
  if (listsHold(when, { product, type, severity, account, control, region }) !== 'yes')
    return false;
  if (when.resource === undefined && when.tag === undefined) return true;
  const meant = finding.resources.filter((resource) => isMeant(when, resource));
  const kinds = new Set(meant.map(({ kind }) => kind));
  return (
    meant.length > 0 &&
    finding.resources.every((each) => !kinds.has(each.kind) || meant.includes(each))
  );
};

const isMeant = ({ resource, tag }: Exception['when'], { id, tags }: Resource): boolean =>
  (resource === undefined || id === resource || id.split(/[/:]/).at(-1) === resource) &&
  tagsHold(tag, tags) === 'yes';
