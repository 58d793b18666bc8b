import * as z from 'zod/mini';
import type { Finding, Reading } from '../domain/finding';
import { controlOf } from './controls';
import type { Envelope } from './envelope';
import { awsProductOf, nativeTypeOf, productNameOf } from './products';
import { arnOf, regionOf, resourcesOf, Tags } from './resources';
import { readList, settle, type Outcome } from './settle';
import { fromOcsf } from './severity';
import { anything, identifier, link, list, loose, number, text } from './text';

const Resource = loose({
  type: text,
  uid: text,
  region: text,
  owner: loose({ account: loose({ uid: text }) }),
  tags: Tags,
});

/** The fields of an OCSF finding (class 2002 to 2004, and others alike) that Drawbridge needs. */
const Ocsf = loose({
  activity_id: number,
  severity_id: number,
  status_id: number,
  status: text,
  vendor_attributes: loose({ severity_id: number }),
  time: anything,
  time_dt: anything,
  cloud: loose({ account: loose({ uid: text }), region: text }),
  metadata: loose({ product: loose({ name: text, uid: text }) }),
  finding_info: loose({
    uid: text,
    title: text,
    desc: text,
    types: list(text),
    created_time: anything,
    created_time_dt: anything,
    first_seen_time: anything,
    first_seen_time_dt: anything,
    modified_time: anything,
    modified_time_dt: anything,
  }),
  resources: list(Resource),
  /** OCSF before 1.3 has one resource. */
  resource: Resource,
  remediation: loose({ references: list(text) }),
  compliance: loose({ control: text, status: text, status_id: number }),
});
type Ocsf = z.infer<typeof Ocsf>;

/** Reads an event of Security Hub V2: OCSF findings, those that cannot be read as rejected. */
export function securityHubV2(envelope: Envelope): Reading {
  return readList(envelope, readOcsf);
}

function readOcsf(raw: unknown, envelope: Envelope): Outcome {
  const ocsf = Ocsf.parse(raw);
  const { finding_info: info, cloud, metadata } = ocsf;
  const productArn = identifier(metadata.product.uid);
  const product = awsProductOf(productArn);
  const created = info.created_time_dt ?? info.created_time;
  const given = [...ocsf.resources, ocsf.resource].map(({ owner, uid, ...resource }) => ({
    ...resource,
    id: uid,
    account: owner.account.uid,
  }));
  return settle(
    {
      source: 'security-hub-v2',
      product: productNameOf(metadata.product.name, product, productArn),
      productArn,
      id: info.uid,
      type: nativeTypeOf(product, info.types),
      control: controlOf({ securityControlId: ocsf.compliance.control, paths: [info.uid] }),
      title: info.title,
      description: info.desc,
      severity: fromOcsf(ocsf.severity_id, ocsf.vendor_attributes.severity_id),
      account: cloud.account.uid,
      region: regionOf(cloud.region, arnOf(productArn).region),
      resources: resourcesOf(given),
      ...stateOf(ocsf),
      compliance: complianceOf(ocsf),
      firstSeen: [info.first_seen_time_dt, info.first_seen_time, created],
      updated: [info.modified_time_dt, info.modified_time, ocsf.time_dt, ocsf.time, created],
      sample: info.title?.startsWith('[SAMPLE]') ?? false,
      reference: link(ocsf.remediation.references[0]),
    },
    raw,
    envelope,
    productArn === undefined ? ['its metadata.product.uid is missing'] : [],
  );
}

/** Close (activity 3) and Archived (status 5) end a finding; a status that we do not know leaves it open. */
function stateOf({ activity_id, status_id, status }: Ocsf): Pick<Finding, 'record' | 'workflow'> {
  const words = ['new', 'in progress', 'suppressed', 'resolved', 'archived'];
  const id = idOf(status_id, status, words);
  const workflow =
    (['new', 'notified', 'suppressed', 'resolved', 'resolved'] as const)[id - 1] ?? 'new';
  return { record: activity_id === 3 || id === 5 ? 'archived' : 'active', workflow };
}

/** Pass 1, Warning 2, Fail 3; anything else is never taken for a passed check. */
function complianceOf({ compliance: { status, status_id } }: Ocsf): Finding['compliance'] {
  if (status === undefined && status_id === undefined) return undefined;
  const words = ['pass', 'warning', 'fail'];
  const id = idOf(status_id, status, words);
  return (['passed', 'warning', 'failed'] as const)[id - 1] ?? 'not-available';
}

/** The number of a word that is given by number, or by name only; 0 if by neither. */
function idOf(id: number | undefined, word: string | undefined, words: string[]): number {
  return id ?? words.indexOf(word?.toLowerCase() ?? '') + 1;
}
