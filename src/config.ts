import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

/** Settings that serverless.yml gives to the functions. Each function gets, and parses, only its own. */
export const settings = {
  table: () => text.parse(process.env['TABLE']),
  stateMachine: () => text.parse(process.env['STATE_MACHINE']),
  outbox: () => text.parse(process.env['OUTBOX']),
  evidenceBucket: () => text.parse(process.env['EVIDENCE_BUCKET']),
  auditBucket: () => text.parse(process.env['AUDIT_BUCKET']),
  outcomeTopic: () => text.parse(process.env['OUTCOME_TOPIC']),
  slackParameter: () => text.parse(process.env['SLACK_PARAMETER']),
  webhookParameters: () => text.parse(process.env['WEBHOOK_PARAMETERS']),
  slackApiUrl: () => text.parse(process.env['SLACK_API_URL']),
  responder: () =>
    z.object({ name: text, externalId: text, partition: text }).parse({
      name: process.env['RESPONDER_ROLE'],
      externalId: process.env['EXTERNAL_ID'],
      partition: process.env['PARTITION'],
    }),
};

/** Those of the data gate, apart: the slack function's bundle has no room for what it does not use. */
export const gateSettings = {
  account: () => text.parse(process.env['ACCOUNT']),
  gateMachine: () => text.parse(process.env['GATE_MACHINE']),
  gateBuckets: () => ({
    raw: text.parse(process.env['RAW_BUCKET']),
    stage: text.parse(process.env['STAGE_BUCKET']),
    review: text.parse(process.env['REVIEW_BUCKET']),
    released: text.parse(process.env['RELEASED_BUCKET']),
    quarantine: text.parse(process.env['QUARANTINE_BUCKET']),
  }),
  stageBucket: () => text.parse(process.env['STAGE_BUCKET']),
  resultsBucket: () => text.parse(process.env['RESULTS_BUCKET']),
};
