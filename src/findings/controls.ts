import data from './controls.data.json';

// controls.data.json: the per-standard ids that differ from the consolidated id, after AWS's consolidation table. Rules
// that stand for two controls (CIS 1.2 1.1) are left out: a wrong control would offer a wrong playbook.
const cis: Record<string, Record<string, string | undefined> | undefined> = data.cis;
const pci: Record<string, string | undefined> = data.pci;
const renamed: Record<string, string | undefined> = data.renamed;
const services = new Map(data.services.map((service) => [service.toLowerCase(), service]));

const STANDARD = /(?:^|[/:])([\w-]+)\/v\/([\d.]+)\/(?:rule\/)?([\w.]+)(?:\/|$)/;
const CONSOLIDATED = /(?:^|[/:])security-control\/([\w.]+)(?:\/|$)/;

/** Where a finding may name its control; the first that can be understood counts. */
export interface ControlHints {
  securityControlId?: string | undefined;
  /** ProductFields.ControlId or RuleId: it needs the standard that `paths` name. */
  idInStandard?: string | undefined;
  /** GeneratorId, then Id. */
  paths: (string | undefined)[];
}

/** The consolidated control id, e.g. `EC2.13`, in AWS's own casing; nothing if the finding is of no known control. */
export function controlOf({
  securityControlId,
  idInStandard,
  paths,
}: ControlHints): string | undefined {
  const matches = paths.map((path) => STANDARD.exec(path ?? ''));
  const version = matches.find((match) => match?.[1] === 'cis-aws-foundations-benchmark')?.[2];
  const named = paths.map((path) => CONSOLIDATED.exec(path ?? '')?.[1]);
  const standards = matches.map((match) => match?.[3]);
  return [securityControlId, idInStandard, ...named, ...standards]
    .map((id) => consolidated(id?.trim() ?? '', version))
    .find((control) => control !== undefined);
}

function consolidated(id: string, cisVersion = ''): string | undefined {
  if (/^\d/.test(id)) return cis[cisVersion]?.[id];
  if (/^pci\./i.test(id)) return pci[id.toLowerCase()];
  const bare = id.replace(/^ct\./i, '');
  if (!/^[a-z][a-z0-9]{0,63}\.\d{1,4}$/i.test(bare)) return undefined;
  const dot = bare.indexOf('.');
  const service = bare.slice(0, dot);
  const casing = services.get(service.toLowerCase()) ?? service;
  return renamed[bare.toLowerCase()] ?? casing + bare.slice(dot);
}
