import type { Irreversible } from '../operation';
import { keepJson, keptBy, neverUndone, type Evidence } from './kept';

export type WriteManifest = { readonly instanceId: string };

/** The list of all that was kept for this remediation. Its own hash stands in the trail, and vouches for the rest. */
export const writeManifest: Irreversible<WriteManifest, Evidence> = {
  kind: 'evidence.write-manifest',
  describe: ({ instanceId }) => `Write the manifest of the evidence of ${instanceId}`,
  read: async (aws, _, run) => ({ kept: await keptBy(aws, run) }),
  holds: ({ kept }) => kept.length > 0,
  async apply(aws, { instanceId }, { kept }, run) {
    if (kept.length > 0) return;
    const { artefacts } = await aws.call('evidence:List', { run, of: 'remediation' });
    const [remediation] = run.split('/');
    await keepJson(aws, run, { name: 'manifest.json' }, { remediation, instanceId, artefacts });
  },
  ...neverUndone,
  // The bucket is ours: IAM of the account that is looked at has no say in it.
  permissions: { read: [], apply: [] },
};
