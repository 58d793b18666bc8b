import { replaceIngressRules } from './ec2/replace-ingress-rules';
import { removeEgressRules } from './ec2/remove-egress-rules';
import { makeSnapshotPrivate } from './ec2/make-snapshot-private';
import { requireImdsv2 } from './ec2/require-imdsv2';
import { quarantineInterfaces } from './ec2/quarantine-interfaces';
import { disassociateAddresses } from './ec2/disassociate-addresses';
import { disableMetadata } from './ec2/disable-metadata';
import { stopInstance } from './ec2/stop-instance';
import { tagInstance } from './ec2/tag-instance';
import { protectInstance } from './ec2/protect-instance';
import { detachProfile } from './ec2/detach-profile';
import { enterStandby } from './autoscaling/enter-standby';
import { deregisterTargets } from './elb/deregister-targets';
import { deregisterClassic } from './elb/deregister-classic';
import { denyInstance } from './iam/deny-instance';
import { revokeSessions } from './iam/revoke-sessions';
import { endSessions } from './ssm/end-sessions';
import { captureConsole } from './evidence/capture-console';
import { captureMemory } from './evidence/capture-memory';
import { captureMetadata } from './evidence/capture-metadata';
import { collectHost } from './evidence/collect-host';
import { shareSnapshots } from './evidence/share-snapshots';
import { snapshotVolumes } from './evidence/snapshot-volumes';
import { writeManifest } from './evidence/write-manifest';
import { setPublicAccess } from './rds/set-public-access';
import { deactivateAccessKey } from './iam/deactivate-access-key';
import { setPasswordPolicy } from './iam/set-password-policy';
import { enableKeyRotation } from './kms/enable-key-rotation';
import { createFlowLog } from './ec2/create-flow-log';
import { validateLogFiles } from './cloudtrail/validate-log-files';
import { setLogGroup } from './cloudtrail/set-log-group';
import { createLogGroup } from './logs/create-log-group';
import { createLogBucket } from './s3/create-log-bucket';
import { setBucketLogging } from './s3/set-bucket-logging';
import { blockPublicAccess } from './s3/block-public-access';
import { blockAccountPublicAccess } from './s3/block-account-public-access';
import { setBucketEncryption } from './s3/set-bucket-encryption';
import { denyObjectRead } from './s3/deny-object-read';
import { tagObject } from './s3/tag-object';
import { createFindingsFilter } from './macie2/create-findings-filter';
import { replacePermissions } from './lambda/replace-permissions';
import { callWebhook } from './https/call-webhook';
import { runAutomation } from './ssm/run-automation';
import { runExecution } from './states/run-execution';
import type { Operation } from './operation';

/**
 * The list: one line per operation, compared with the folder by a test. Its types of input and state are forgotten here,
 * since what was stored only ever comes back to the operation of the kind that wrote it.
 */
export const operations: readonly Operation[] = [
  replaceIngressRules,
  removeEgressRules,
  makeSnapshotPrivate,
  requireImdsv2,
  quarantineInterfaces,
  disassociateAddresses,
  disableMetadata,
  stopInstance,
  tagInstance,
  protectInstance,
  detachProfile,
  enterStandby,
  deregisterTargets,
  deregisterClassic,
  denyInstance,
  revokeSessions,
  endSessions,
  setPublicAccess,
  deactivateAccessKey,
  setPasswordPolicy,
  enableKeyRotation,
  createFlowLog,
  validateLogFiles,
  setLogGroup,
  createLogGroup,
  createLogBucket,
  setBucketLogging,
  blockPublicAccess,
  blockAccountPublicAccess,
  setBucketEncryption,
  denyObjectRead,
  tagObject,
  createFindingsFilter,
  replacePermissions,
  captureMetadata,
  captureConsole,
  snapshotVolumes,
  shareSnapshots,
  collectHost,
  captureMemory,
  writeManifest,
  callWebhook,
  runAutomation,
  runExecution,
];

const byKind = new Map(operations.map((operation) => [operation.kind, operation]));

export const operationOf = (kind: string): Operation => {
  const found = byKind.get(kind);
  if (!found) throw new TypeError(`no operation of kind ${kind}`);
  return found;
};
