import type { AutomationExecution, AutomationExecutionMetadata } from '@aws-sdk/client-ssm';
import { hash } from '../../domain/canonical';
import { kept } from '../../domain/chain';
import { isAwsError, type Aws } from '../aws';
import type { Irreversible } from '../operation';

/** An Automation document of AWS or of the account, and what it is given. */
export type RunAutomation = {
  /** Name or ARN. */
  readonly document: string;
  readonly version?: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly timeoutSeconds: number;
};

/** The execution that this step started; `none` before it did. */
export type Automation = {
  /** AWS's word, such as `InProgress`. */
  readonly status: string;
  readonly id: string;
  /** The document's step that is under way. */
  readonly step: string;
  readonly failure: string;
  readonly outputs: Readonly<Record<string, string>>;
};

const none: Automation = { status: 'none', id: '', step: '', failure: '', outputs: {} };
const successes = ['Success', 'CompletedWithSuccess'];
const failures = [
  'Failed',
  'TimedOut',
  'Cancelled',
  'Rejected',
  'ChangeCalendarOverrideRejected',
  'CompletedWithFailure',
  'Exited',
];

export const runAutomation: Irreversible<RunAutomation, Automation> = {
  kind: 'ssm.run-automation',
  describe: ({ document }) => `Run the Automation document ${nameOf(document)}`,
  async read(aws, _, run) {
    const id = (await find(aws, run))?.AutomationExecutionId;
    if (!id) return none;
    const found = await aws.call('ssm:GetAutomationExecution', { AutomationExecutionId: id });
    return stateOf(id, found.AutomationExecution ?? {});
  },
  holds: ({ status }) => successes.includes(status),
  async apply(aws, { document, version, parameters }, now, run) {
    if (now.status !== 'none') return;
    try {
      await aws.call('ssm:StartAutomationExecution', {
        DocumentName: document,
        ...(version && { DocumentVersion: version }),
        Parameters: Object.fromEntries(
          Object.entries(parameters).map(([name, values]) => [name, [...values]]),
        ),
        ClientToken: tokenOf(run),
        Tags: [
          { Key: 'DrawbridgeRun', Value: run },
          { Key: tagOf(run), Value: 'started by Drawbridge' },
        ],
      });
    } catch (error) {
      // The token is taken, so it was started, and the list will show it in a moment.
      if (!isAwsError(error, 'IdempotentParameterMismatch')) throw error;
    }
  },
  pending({ status, step, failure }) {
    if (status === 'none') return undefined;
    if (failures.includes(status))
      return { failed: `The automation ended as ${status}${failure && `: ${failure}`}` };
    // A word that we do not know is no end.
    return { running: `${status}${step && `, at ${step}`}` };
  },
  patience: ({ timeoutSeconds }) => timeoutSeconds,
  output: ({ outputs }) => outputs,
  drift: () => [],
  irreversible: 'what an Automation document changes is known to the document only.',
  permissions: {
    read: ['ssm:DescribeAutomationExecutions', 'ssm:GetAutomationExecution'],
    // PassRole: for the role that the document runs under (AutomationAssumeRole).
    apply: ['iam:PassRole', 'ssm:AddTagsToResource', 'ssm:StartAutomationExecution'],
  },
};

/** `document/Name` of an ARN, else the name. */
const nameOf = (document: string): string => (document.split('/').at(-1) ?? '').slice(0, 100);

/** Executions can be filtered by the key of a tag, not by its value: so the key is one of its own. */
const tagOf = (run: string): string => `DrawbridgeRun:${run}`;

const find = async (aws: Aws, run: string): Promise<AutomationExecutionMetadata | undefined> => {
  let NextToken: string | undefined;
  do {
    const page = await aws.call('ssm:DescribeAutomationExecutions', {
      Filters: [{ Key: 'TagKey', Values: [tagOf(run)] }],
      ...(NextToken && { NextToken }),
    });
    // A page may be empty and not the last. Executions that ours started are not ours.
    const own = page.AutomationExecutionMetadataList?.find(
      ({ ParentAutomationExecutionId }) => !ParentAutomationExecutionId,
    );
    if (own) return own;
    NextToken = page.NextToken;
  } while (NextToken);
  return undefined;
};

const stateOf = (id: string, found: AutomationExecution): Automation => ({
  id,
  status: found.AutomationExecutionStatus ?? 'unknown',
  step: found.CurrentStepName ?? '',
  failure: (found.FailureMessage ?? '').slice(0, 400),
  outputs: kept(
    Object.fromEntries(
      Object.entries(found.Outputs ?? {}).map(([name, values]) => [name, values.join(', ')]),
    ),
  ),
});

/** The UUID that AWS asks for, the same for each try of one step: it starts one execution. */
const tokenOf = (run: string): string =>
  hash({ run }).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
