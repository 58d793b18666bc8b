import type { Finding } from '../domain/finding';
import type { Envelope } from './envelope';
import { productArnOf } from './key';
import { arnOf, regionOf, resourcesOf, Tags } from './resources';
import { settle, type Outcome } from './settle';
import { fromInspector } from './severity';
import { anything, link, list, loose, text } from './text';

/** The fields of an Amazon Inspector finding that Drawbridge needs. */
const Inspector = loose({
  awsAccountId: text,
  findingArn: text,
  type: text,
  severity: text,
  status: text,
  title: text,
  description: text,
  firstObservedAt: anything,
  lastObservedAt: anything,
  updatedAt: anything,
  packageVulnerabilityDetails: loose({ sourceUrl: text }),
  resources: list(loose({ type: text, id: text, region: text, tags: Tags })),
});

const states = new Map<string | undefined, Pick<Finding, 'record' | 'workflow'>>([
  ['SUPPRESSED', { record: 'active', workflow: 'suppressed' }],
  ['CLOSED', { record: 'archived', workflow: 'resolved' }],
]);

/** Reads one Amazon Inspector finding. Closed ones are sent, too. */
export function inspector(raw: unknown, envelope: Envelope): Outcome {
  const finding = Inspector.parse(raw);
  const { partition, region } = arnOf(finding.findingArn);
  const state = states.get(finding.status) ?? { record: 'active', workflow: 'new' };
  return settle(
    {
      source: 'inspector',
      product: 'Inspector',
      productArn: productArnOf('inspector', { partition, region: regionOf(region) }),
      id: finding.findingArn,
      type: finding.type,
      title: finding.title,
      description: finding.description,
      severity: fromInspector(finding.severity),
      account: finding.awsAccountId,
      region: regionOf(region, finding.resources[0]?.region),
      resources: resourcesOf(
        finding.resources.map((resource) => ({ ...resource, account: finding.awsAccountId })),
      ),
      ...state,
      firstSeen: [finding.firstObservedAt],
      updated: [finding.updatedAt, finding.lastObservedAt],
      sample: false,
      reference: link(finding.packageVulnerabilityDetails.sourceUrl),
    },
    raw,
    envelope,
  );
}
