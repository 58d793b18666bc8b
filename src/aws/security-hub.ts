import { BatchUpdateFindingsCommand, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { FindingSource } from '../app/ports';

/** Workflow and note go back to Security Hub, for findings that came from it in ASFF. */
export const securityHub = (client: SecurityHubClient): FindingSource => ({
  async write({ source, id, productArn }, workflow, note) {
    if (source !== 'security-hub' || !productArn) return 'unsupported';
    const { UnprocessedFindings = [] } = await client.send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [{ Id: id, ProductArn: productArn }],
        Workflow: { Status: workflow },
        Note: { Text: note, UpdatedBy: 'drawbridge' },
      }),
    );
    const [refused] = UnprocessedFindings;
    if (!refused) return 'written';
    // Security Hub forgets findings 90 days after their last update: nothing is left to write to.
    if (refused.ErrorCode === 'FindingNotFound') return 'unsupported';
    throw new Error(
      `Security Hub did not take the update: ${refused.ErrorCode} ${refused.ErrorMessage}`,
    );
  },
});
