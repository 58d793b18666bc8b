import { replaceIngressRules } from './ec2-rules';
import { removeEgressRules } from './ec2-egress';
import { makeSnapshotPrivate } from './ec2-snapshots';
import { requireImdsv2 } from './ec2-instances';
import {
  disableMetadata,
  disassociateAddresses,
  quarantineInterfaces,
  stopInstance,
  tagInstance,
} from './ec2-isolation';
import {
  captureConsole,
  captureMemory,
  captureMetadata,
  collectHost,
  shareSnapshots,
  snapshotVolumes,
  writeManifest,
} from './evidence';
import { setPublicAccess } from './rds';
import { deactivateAccessKey, setPasswordPolicy } from './iam';
import { enableKeyRotation } from './kms';
import {
  createFlowLog,
  createLogBucket,
  createLogGroup,
  setBucketLogging,
  setLogGroup,
  validateLogFiles,
} from './logging';
import { replacePermissions } from './lambda';
import { blockAccountPublicAccess, blockPublicAccess } from './s3';
import { createFindingsFilter, denyObjectRead, setBucketEncryption, tagObject } from './data';
import { callWebhook, runAutomation, runExecution } from './engines';
import { deregisterClassic, deregisterTargets, enterStandby, protectInstance } from './containment';
import { denyInstance, detachProfile, endSessions } from './credentials';
import { revokeSessions } from './sessions';
import type { Sample } from './sample';

/** By kind of operation. An operation without samples fails the contract. */
export const samples: Readonly<Record<string, readonly Sample[]>> = {
  'ec2.replace-ingress-rules': replaceIngressRules,
  'ec2.remove-egress-rules': removeEgressRules,
  'ec2.make-snapshot-private': makeSnapshotPrivate,
  'ec2.require-imdsv2': requireImdsv2,
  'ec2.quarantine-interfaces': quarantineInterfaces,
  'ec2.disassociate-addresses': disassociateAddresses,
  'ec2.disable-metadata': disableMetadata,
  'ec2.stop-instance': stopInstance,
  'ec2.tag-instance': tagInstance,
  'ec2.protect-instance': protectInstance,
  'ec2.detach-profile': detachProfile,
  'autoscaling.enter-standby': enterStandby,
  'elb.deregister-targets': deregisterTargets,
  'elb.deregister-classic': deregisterClassic,
  'iam.deny-instance': denyInstance,
  'iam.revoke-sessions': revokeSessions,
  'ssm.end-sessions': endSessions,
  'rds.set-public-access': setPublicAccess,
  'iam.deactivate-access-key': deactivateAccessKey,
  'iam.set-password-policy': setPasswordPolicy,
  'kms.enable-key-rotation': enableKeyRotation,
  's3.set-bucket-encryption': setBucketEncryption,
  's3.deny-object-read': denyObjectRead,
  's3.tag-object': tagObject,
  'macie2.create-findings-filter': createFindingsFilter,
  'cloudtrail.set-log-group': setLogGroup,
  'cloudtrail.validate-log-files': validateLogFiles,
  'ec2.create-flow-log': createFlowLog,
  'logs.create-log-group': createLogGroup,
  's3.create-log-bucket': createLogBucket,
  's3.set-bucket-logging': setBucketLogging,
  's3.block-public-access': blockPublicAccess,
  's3.block-account-public-access': blockAccountPublicAccess,
  'lambda.replace-permissions': replacePermissions,
  'evidence.capture-metadata': captureMetadata,
  'evidence.capture-console': captureConsole,
  'evidence.snapshot-volumes': snapshotVolumes,
  'evidence.share-snapshots': shareSnapshots,
  'evidence.collect-host': collectHost,
  'evidence.capture-memory': captureMemory,
  'evidence.write-manifest': writeManifest,
  'https.call-webhook': callWebhook,
  'ssm.run-automation': runAutomation,
  'states.run-execution': runExecution,
};
