import type { CaptureConsole } from '../../../src/operations/evidence/capture-console';
import type { CaptureMetadata } from '../../../src/operations/evidence/capture-metadata';
import type { HostCommand } from '../../../src/operations/evidence/host-command';
import type { ShareSnapshots } from '../../../src/operations/evidence/share-snapshots';
import type { SnapshotVolumes } from '../../../src/operations/evidence/snapshot-volumes';
import type { WriteManifest } from '../../../src/operations/evidence/write-manifest';
import { awsError, MemoryAws, type Handlers } from '../../support/memory-aws';
import { memoryCommands, type Commands } from '../../support/memory-commands';
import { memoryConsole } from '../../support/memory-console';
import { memoryEvidence } from '../../support/memory-evidence';
import { memorySurroundings } from '../../support/memory-surroundings';
import { memoryVolumes } from '../../support/memory-volumes';
import type { Sample } from './sample';

export const host: HostCommand = { instanceId: 'i-1', deadlineSeconds: 300 };
export const metadata: CaptureMetadata = { instanceId: 'i-1' };
export const screen: CaptureConsole = { instanceId: 'i-1', wakeUp: true };
export const volumes: SnapshotVolumes = { instanceId: 'i-1', volumes: ['vol-1', 'vol-2'] };
export const manifest: WriteManifest = { instanceId: 'i-1' };

/** Each world anew: a bucket remembers what it keeps. */
const sample = (name: string, input: Sample['input'], make: () => Handlers): Sample => ({
  name,
  input,
  world: () => new MemoryAws(memoryEvidence().handlers, make()),
});

export const captureMetadata: readonly Sample[] = [
  sample('a server with all around it', metadata, () => memorySurroundings()),
  sample('a server of which much is hidden', metadata, () =>
    memorySurroundings({ denied: ['ec2:DescribeInstances', 'ssm:DescribeInstanceInformation'] }),
  ),
];

export const captureConsole: readonly Sample[] = [
  sample('a server that shows all', screen, () => memoryConsole()),
  sample('hardware without a screen', screen, () => memoryConsole({ screen: false })),
];

export const snapshotVolumes: readonly Sample[] = [
  sample('two volumes', volumes, () => memoryVolumes(volumes.volumes).handlers),
  sample('volumes of which the set is refused', volumes, () => ({
    ...memoryVolumes(volumes.volumes).handlers,
    'ec2:CreateSnapshots': () => {
      throw awsError('InvalidParameterValue', { $fault: 'client' });
    },
  })),
  sample('no volume', { ...volumes, volumes: [] }, () => memoryVolumes([]).handlers),
];

export const share: ShareSnapshots = { instanceId: 'i-1', account: '777788889999' };
/** As another step of the same remediation took them. */
export const tagsOf = (run: string, instance = 'i-1') => [
  { Key: 'DrawbridgeRun', Value: run },
  { Key: 'DrawbridgeInstance', Value: instance },
];
const takenOnce = () => {
  const store = memoryVolumes(volumes.volumes);
  for (const volume of volumes.volumes) store.take(volume, tagsOf('rem-0000000000/3'));
  return store.handlers;
};

export const shareSnapshots: readonly Sample[] = [
  sample('two snapshots', share, takenOnce),
  sample('with another account', { ...share, account: '999988887777' }, takenOnce),
];

/** Cancelled at its deadline, which is at once where there is none. */
const endless = { ...host, deadlineSeconds: 0 };
const commands = (given?: Commands) => () => memoryCommands(given).handlers;

export const collectHost: readonly Sample[] = [
  sample('a Linux host', host, commands({ skipped: ['windows-processes'] })),
  sample('a host that does not end', endless, commands({ looks: 99 })),
  sample('a host that is not reached', host, commands({ ping: 'ConnectionLost' })),
];

export const captureMemory: readonly Sample[] = [
  sample('a host with a tool', host, commands()),
  sample('a tool that does not end', endless, commands({ looks: 99 })),
  sample('an account without such a document', host, commands({ documents: [] })),
];

export const writeManifest: readonly Sample[] = [
  sample('of nothing', manifest, () => ({})),
  {
    name: 'of what other steps kept',
    input: manifest,
    world: () => {
      const { handlers } = memoryEvidence();
      const kept = { encoding: 'utf8', type: 'text/plain', content: 'x' } as const;
      handlers['evidence:Keep']?.({ run: 'rem-0000000000/9', name: 'a.txt', ...kept });
      return new MemoryAws(handlers);
    },
  },
];
