import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Outcomes } from '../app/publish';
import type { Outcome } from '../domain/outcome';

/** Outcomes on an SNS topic: JSON as the message, and what receivers filter by as attributes. */
export const outcomesOn = (sns: SNSClient, TopicArn: string): Outcomes => ({
  async publish(outcome) {
    await sns.send(
      new PublishCommand({
        TopicArn,
        Message: JSON.stringify(outcome),
        Subject: subjectOf(outcome),
        MessageAttributes: Object.fromEntries(
          Object.entries(attributesOf(outcome)).map(([name, value]) => [
            name,
            { DataType: 'String', StringValue: value },
          ]),
        ),
      }),
    );
  },
});

/** What can stand in a filter policy. An attribute that is not known is left out: SNS takes no empty one. */
const attributesOf = ({ outcome, environment, finding, remediation }: Outcome) => {
  const account = remediation?.target.account ?? finding?.account;
  return {
    outcome,
    environment,
    ...(finding && { severity: finding.severity }),
    ...(account && { account }),
    ...(remediation && { playbook: remediation.playbook }),
  };
};

/** The subject of an e-mail: ASCII, no line breaks, 100 characters at most. */
const subjectOf = ({ environment, outcome, finding, remediation }: Outcome): string =>
  `Drawbridge ${environment}: ${outcome} - ${remediation?.title ?? finding?.title ?? 'finding'}`
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 100)
    .trim();
