import * as z from 'zod/mini';

/** 12 digits, kept as text: leading zeros count. */
export const AccountId = z
  .string()
  .check(z.regex(/^\d{12}$/))
  .brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;

export const Region = z
  .string()
  .check(z.regex(/^[a-z]{2,5}(-[a-z]+)+-\d$/))
  .brand<'Region'>();
export type Region = z.infer<typeof Region>;

/** Our own key of a finding: 32 hex digits, the same for every delivery of the same finding. */
export const FindingKey = z
  .string()
  .check(z.regex(/^[0-9a-f]{32}$/))
  .brand<'FindingKey'>();
export type FindingKey = z.infer<typeof FindingKey>;

export const RemediationId = z
  .string()
  .check(z.regex(/^rem-[0-9a-z]{10,32}$/))
  .brand<'RemediationId'>();
export type RemediationId = z.infer<typeof RemediationId>;

/** A remediation that contains, as something to look after until it is released. */
export const WatchId = z
  .string()
  .check(z.regex(/^watch-rem-[0-9a-z]{10,32}$/))
  .brand<'WatchId'>();
export type WatchId = z.infer<typeof WatchId>;

export const watchOf = (id: RemediationId): WatchId => `watch-${id}` as WatchId;
export const watchedBy = (id: WatchId): RemediationId => id.slice('watch-'.length) as RemediationId;

export const SlackUserId = z
  .string()
  .check(z.regex(/^[UW][A-Z0-9]{2,}$/))
  .brand<'SlackUserId'>();
export type SlackUserId = z.infer<typeof SlackUserId>;

export const ChannelId = z
  .string()
  .check(z.regex(/^[CGD][A-Z0-9]{2,}$/))
  .brand<'ChannelId'>();
export type ChannelId = z.infer<typeof ChannelId>;

/** One run of the data gate. */
export const GateRunId = z
  .string()
  .check(z.regex(/^gate-[0-9a-z]{10,32}$/))
  .brand<'GateRunId'>();
export type GateRunId = z.infer<typeof GateRunId>;

/** What a card, a thread and an audit chain belong to: a finding, a remediation asked for without one, or a gate run. */
export const CaseId = z
  .string()
  .check(z.regex(/^([0-9a-f]{32}|(rem|gate)-[0-9a-z]{10,32})$/))
  .brand<'CaseId'>();
export type CaseId = z.infer<typeof CaseId>;
