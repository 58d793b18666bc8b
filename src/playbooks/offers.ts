import type { Offer } from '../domain/playbook';
import { closeEc2AdminPorts } from './close-ec2-admin-ports/facts';
import { emptyEc2DefaultGroup } from './empty-ec2-default-group/facts';
import { deactivateIamAccessKeys } from './deactivate-iam-access-keys/facts';
import { strengthenIamPasswordPolicy } from './strengthen-iam-password-policy/facts';
import { rotateKmsKey } from './rotate-kms-key/facts';
import { closeEc2PublicSnapshots } from './close-ec2-public-snapshots/facts';
import { requireEc2Imdsv2 } from './require-ec2-imdsv2/facts';
import { closeRdsPublicAccess } from './close-rds-public-access/facts';
import { validateCloudtrailLogs } from './validate-cloudtrail-logs/facts';
import { sendCloudtrailToLogs } from './send-cloudtrail-to-logs/facts';
import { logCloudtrailBucketAccess } from './log-cloudtrail-bucket-access/facts';
import { logVpcFlow } from './log-vpc-flow/facts';
import { blockS3BucketPublicAccess } from './block-s3-bucket-public-access/facts';
import { blockS3AccountPublicAccess } from './block-s3-account-public-access/facts';
import { restoreS3BucketEncryption } from './restore-s3-bucket-encryption/facts';
import { quarantineS3Object } from './quarantine-s3-object/facts';
import { suppressMacieFindings } from './suppress-macie-findings/facts';
import { closeLambdaPublicPolicy } from './close-lambda-public-policy/facts';
import { collectEc2Evidence } from './collect-ec2-evidence/facts';
import { isolateEc2Instance } from './isolate-ec2-instance/facts';

/** The facts alone, for the functions that offer playbooks and never run one. */
export const offers: readonly Offer[] = [
  closeEc2AdminPorts,
  emptyEc2DefaultGroup,
  deactivateIamAccessKeys,
  strengthenIamPasswordPolicy,
  rotateKmsKey,
  closeEc2PublicSnapshots,
  requireEc2Imdsv2,
  closeRdsPublicAccess,
  validateCloudtrailLogs,
  sendCloudtrailToLogs,
  logCloudtrailBucketAccess,
  logVpcFlow,
  blockS3BucketPublicAccess,
  blockS3AccountPublicAccess,
  restoreS3BucketEncryption,
  quarantineS3Object,
  suppressMacieFindings,
  closeLambdaPublicPolicy,
  isolateEc2Instance,
  collectEc2Evidence,
];
