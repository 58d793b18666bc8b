import type { Envelope } from './envelope';

/** The button in Security Hub's console by which a person sends findings here. Ids have 20 letters or digits at most, names 20 characters. */
export const sendHere = {
  id: 'SendToDrawbridge',
  name: 'Send to Drawbridge',
  description: 'Shows the finding in Slack, where it can be triaged and remediated.',
} as const;

/** A hub can have buttons of others as well; they tell a finding too, but nobody sent it here. */
export const isSentHere = ({ 'detail-type': type, resources }: Envelope): boolean =>
  type === 'Security Hub Findings - Custom Action' &&
  resources.some((arn) => arn?.endsWith(`:action/custom/${sendHere.id}`));
