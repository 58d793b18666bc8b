import type { Step } from '../../domain/plan';
import type { CaptureMetadata } from './capture-metadata';
import type { HostCommand } from './host-command';
import type { CaptureConsole } from './capture-console';
import type { ShareSnapshots } from './share-snapshots';
import type { SnapshotVolumes } from './snapshot-volumes';
import type { WriteManifest } from './write-manifest';

/** What is taken of which instance. */
export interface Taking {
  instanceId: string;
  /** Ids of its EBS volumes. */
  volumes: readonly string[];
  /** Only a host that runs can be looked into. */
  runs: boolean;
  /** The account that snapshots are shared with; empty if none. */
  shareWith: string;
  /** `host` and `memory`, where people chose them. */
  options: readonly string[];
}

const hostSeconds = 300;
const memorySeconds = 1800;

const looksAt = ({ runs, options }: Taking) => ({
  host: runs && options.includes('host'),
  memory: runs && options.includes('memory'),
});

/**
 * From the most certain to the slowest, the manifest last. What fails is told and passed over.
 * @param fence what has to stand before the host is looked into
 */
export const evidenceSteps = (taking: Taking, fence: readonly Step[] = []): Step[] => {
  const { instanceId, volumes, shareWith } = taking;
  const { host, memory } = looksAt(taking);
  const all: CaptureMetadata & WriteManifest = { instanceId };
  const console: CaptureConsole = { instanceId, wakeUp: false };
  const disks: SnapshotVolumes = { instanceId, volumes };
  const share: ShareSnapshots = { instanceId, account: shareWith };
  const within = (deadlineSeconds: number): HostCommand => ({ instanceId, deadlineSeconds });
  return [
    { operation: 'evidence.capture-metadata', input: all, ...keep },
    { operation: 'evidence.capture-console', input: console, ...keep },
    ...(volumes.length > 0
      ? [{ operation: 'evidence.snapshot-volumes', input: disks, ...keep }]
      : []),
    ...(host || memory ? fence : []),
    ...(host ? [{ operation: 'evidence.collect-host', input: within(hostSeconds), ...keep }] : []),
    ...(memory
      ? [{ operation: 'evidence.capture-memory', input: within(memorySeconds), ...keep }]
      : []),
    ...(volumes.length > 0 && shareWith
      ? [{ operation: 'evidence.share-snapshots', input: share, ...keep }]
      : []),
    { operation: 'evidence.write-manifest', input: all, ...keep },
  ];
};

const keep = { phase: 'evidence', optional: true } as const;

/** The same for people. */
export const evidenceWords = (taking: Taking): string[] => {
  const {
    shareWith,
    volumes: { length },
  } = taking;
  const shared = shareWith && `, shared with account ${shareWith}`;
  const { host, memory } = looksAt(taking);
  return [
    'what AWS tells of it',
    'console output and screenshot',
    ...(length > 0 ? [`snapshots of ${length} volume${length === 1 ? '' : 's'}${shared}`] : []),
    ...(host ? ['a look inside the host'] : []),
    ...(memory ? ['its memory'] : []),
    'a manifest with hashes',
  ];
};
