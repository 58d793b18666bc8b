import {
  BatchUpdateFindingsCommand,
  BatchUpdateFindingsV2Command,
  GetFindingsCommand,
  GetFindingsV2Command,
  type OcsfStringField,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import * as z from 'zod/mini';
import type { FindingSource } from '../app/ports';
import { isInHub, type Finding } from '../domain/finding';

type Workflow = Finding['workflow'];

/** Security Hub forgets findings 90 days after their last update: nothing is left to write to. */
const gone = new Set(['FindingNotFound', 'ResourceNotFoundException']);

/**
 * Workflow and note go back to Security Hub, in the form in which it told the finding. It has no conditional write, so
 * what stands there is read right before; what is set in between the two calls is lost.
 */
export const securityHub = (client: SecurityHubClient): FindingSource => ({
  async write(finding, { workflow, note, from }) {
    if (!isInHub(finding)) return 'unsupported';
    const form = finding.source === 'security-hub' ? asff(client) : ocsf(client);
    const stands = from && (await form.read(finding));
    if (stands && !from.includes(stands)) return { stands };
    const refused = await form.write(finding, workflow, note);
    if (!refused) return 'written';
    if (gone.has(refused.ErrorCode ?? '')) return 'unsupported';
    throw new Error(
      `Security Hub did not take the update: ${refused.ErrorCode} ${refused.ErrorMessage}`,
    );
  },
});

/** Security Hub CSPM. */
const asff = (client: SecurityHubClient) => ({
  async read({ id, productArn }: Finding): Promise<Workflow | undefined> {
    const is = (Value = '') => [{ Value, Comparison: 'EQUALS' as const }];
    const { Findings = [] } = await client.send(
      new GetFindingsCommand({ Filters: { Id: is(id), ProductArn: is(productArn) } }),
    );
    const [found] = Findings;
    return found && (workflows.find((each) => words[each] === found.Workflow?.Status) ?? 'new');
  },
  async write({ id, productArn }: Finding, workflow: Workflow, Text: string) {
    const Status = words[workflow];
    const { UnprocessedFindings = [] } = await client.send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [{ Id: id, ProductArn: productArn }],
        Workflow: { Status },
        Note: { Text, UpdatedBy: 'drawbridge' },
      }),
    );
    return UnprocessedFindings[0];
  },
});

/** Security Hub, whose findings are OCSF. */
const ocsf = (client: SecurityHubClient) => ({
  async read({ id, account, productArn }: Finding): Promise<Workflow | undefined> {
    const is = (FieldName: OcsfStringField, Value = '') => ({
      FieldName,
      Filter: { Value, Comparison: 'EQUALS' as const },
    });
    const StringFilters = [
      is('finding_info.uid', id),
      is('metadata.product.uid', productArn),
      is('cloud.account.uid', account),
    ];
    const { Findings = [] } = await client.send(
      new GetFindingsV2Command({
        Filters: { CompositeFilters: [{ StringFilters, Operator: 'AND' }] },
      }),
    );
    const { data } = z.object({ status_id: z.number() }).safeParse(Findings[0]);
    return (
      data && (data.status_id === archived ? 'resolved' : (workflows[data.status_id - 1] ?? 'new'))
    );
  },
  async write({ id, account, productArn }: Finding, workflow: Workflow, Comment: string) {
    const { UnprocessedFindings = [] } = await client.send(
      new BatchUpdateFindingsV2Command({
        FindingIdentifiers: [
          { CloudAccountUid: account, FindingInfoUid: id, MetadataProductUid: productArn },
        ],
        StatusId: workflows.indexOf(workflow) + 1,
        Comment,
      }),
    );
    return UnprocessedFindings[0];
  },
});

/** In the order of OCSF's status ids, 1 to 4. */
const workflows = ['new', 'notified', 'suppressed', 'resolved'] as const;
const archived = 5;
const words = {
  new: 'NEW',
  notified: 'NOTIFIED',
  suppressed: 'SUPPRESSED',
  resolved: 'RESOLVED',
} as const;
