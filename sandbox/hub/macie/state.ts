import type {
  ClassificationExportConfiguration,
  CriterionAdditionalProperties,
  Finding,
  FindingPublishingFrequency,
  MacieStatus,
  RevealConfiguration,
} from '@aws-sdk/client-macie2';
import type { Call, Wire } from '../http/call';
import { Fault } from '../http/fault';
import { Regional } from '../regional';
import type { Job } from './job';

export type MacieFinding = Wire<Finding>;
export type Criteria = Record<string, Wire<CriterionAdditionalProperties>>;

interface Session {
  status: MacieStatus;
  frequency: FindingPublishingFrequency;
  createdAt: string;
  updatedAt: string;
}

export interface CustomIdentifier {
  id: string;
  arn: string;
  name: string;
  description: string | undefined;
  regex: string;
  keywords: string[];
  ignoreWords: string[];
  maximumMatchDistance: number;
  severityLevels: { severity: 'LOW' | 'MEDIUM' | 'HIGH'; occurrencesThreshold: number }[];
  tags: Record<string, string>;
  createdAt: string;
  deleted: boolean;
}

export interface AllowList {
  id: string;
  arn: string;
  name: string;
  description: string | undefined;
  criteria: { regex?: string; s3WordsList?: { bucketName: string; objectKey: string } };
  tags: Record<string, string>;
  createdAt: string;
}

interface FindingsFilter {
  id: string;
  arn: string;
  name: string;
  description: string | undefined;
  action: 'ARCHIVE' | 'NOOP';
  criterion: Criteria;
  position: number;
  tags: Record<string, string>;
}

export interface MacieAccount {
  account: string;
  region: string;
  session: Session | undefined;
  jobs: Map<string, Job>;
  findings: Map<string, MacieFinding>;
  identifiers: Map<string, CustomIdentifier>;
  allowLists: Map<string, AllowList>;
  filters: Map<string, FindingsFilter>;
  export: Wire<ClassificationExportConfiguration>;
  reveal: Wire<RevealConfiguration>;
  /** Findings whose samples were asked for; the first answer is always PROCESSING. */
  revealed: Set<string>;
}

/** By the account that calls: the administrator's jobs and findings are not its members'. */
export type MacieState = Regional<MacieAccount>;

export function emptyMacie(): MacieState {
  return new Regional((account, region) => ({
    account,
    region,
    session: undefined,
    jobs: new Map(),
    findings: new Map(),
    identifiers: new Map(),
    allowLists: new Map(),
    filters: new Map(),
    export: {},
    reveal: { status: 'DISABLED' },
    revealed: new Set(),
  }));
}

/** The real service gives this same message for every call while Macie is off. */
export function requireMacie(call: Call): MacieAccount {
  const macie = call.world.macie.of(call);
  if (!macie.session) throw new Fault('AccessDeniedException', 'Macie is not enabled');
  return macie;
}

export function found<Value>(map: Map<string, Value>, id: string | undefined): Value {
  const value = map.get(id ?? '');
  if (value === undefined) {
    throw new Fault('ResourceNotFoundException', `The request failed: no resource ${id}`);
  }
  return value;
}
