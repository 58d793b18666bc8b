import type { Target } from '../../domain/target';
import type { Found, InstanceFacts } from './read';
import { breakGlassTag, protectedTag } from './tags';

/** Why this instance is not isolated, in a sentence or two; empty where it may be. */
export const refusalOf = (facts: InstanceFacts, { id, region }: Target): string => {
  if (facts.kind === 'missing') return `There is no instance ${id} in ${region} of this account.`;
  if (facts.kind === 'ended')
    return `${id} is ${facts.state}: there is nothing left to isolate. What may be left: volumes and snapshots of it, its console output for an hour, and CloudTrail. /audit ${id} tells what Drawbridge did.`;
  if (facts.vpc === '')
    return `${id} is in no VPC (EC2-Classic): it has no network interfaces that could be contained.`;
  if (facts.state === 'pending' || facts.state === 'stopping')
    return `${id} is ${facts.state} right now. Ask again in a minute.`;
  const [reason] = overrulable(facts, id);
  return reason && !isOverruled(facts)
    ? `${reason} Break glass: tag it ${breakGlassTag}=isolate and ask again; whoever approves reads that it was done.`
    : '';
};

export const isOverruled = ({ tags }: Found): boolean => tags[breakGlassTag] === 'isolate';

/** What speaks against it and a person may overrule. */
export const overrulable = ({ tags, forwards }: Found, id: string): string[] => [
  ...(tags[protectedTag] !== undefined && tags[protectedTag] !== 'no'
    ? [`${id} has the tag ${protectedTag}: its owners say that it must not be isolated.`]
    : []),
  ...(/^drawbridge(-|$)/.test(tags['aws:cloudformation:stack-name'] ?? '')
    ? [`${id} is a part of Drawbridge itself: isolating it may end the way to release it.`]
    : []),
  ...(forwards
    ? [
        `${id} passes on traffic of others (source/destination check is off), as NAT and firewall appliances do: isolating it cuts off all that is behind it.`,
      ]
    : []),
];
