import { closeEc2AdminPorts } from './close-ec2-admin-ports';
import { emptyEc2DefaultGroup } from './empty-ec2-default-group';
import { deactivateIamAccessKeys } from './deactivate-iam-access-keys';
import { strengthenIamPasswordPolicy } from './strengthen-iam-password-policy';
import { rotateKmsKey } from './rotate-kms-key';
import { closeEc2PublicSnapshots } from './close-ec2-public-snapshots';
import { requireEc2Imdsv2 } from './require-ec2-imdsv2';
import { closeRdsPublicAccess } from './close-rds-public-access';
import { validateCloudtrailLogs } from './validate-cloudtrail-logs';
import { sendCloudtrailToLogs } from './send-cloudtrail-to-logs';
import { logCloudtrailBucketAccess } from './log-cloudtrail-bucket-access';
import { logVpcFlow } from './log-vpc-flow';
import { blockS3BucketPublicAccess } from './block-s3-bucket-public-access';
import { blockS3AccountPublicAccess } from './block-s3-account-public-access';
import { restoreS3BucketEncryption } from './restore-s3-bucket-encryption';
import { quarantineS3Object } from './quarantine-s3-object';
import { suppressMacieFindings } from './suppress-macie-findings';
import { closeLambdaPublicPolicy } from './close-lambda-public-policy';
import { collectEc2Evidence } from './collect-ec2-evidence';
import { isolateEc2Instance } from './isolate-ec2-instance';
import type { Seed } from './seed';

/** By playbook. A playbook without a seed fails the contract. */
export const seeds: Readonly<Record<string, Seed>> = {
  'close-ec2-admin-ports': closeEc2AdminPorts,
  'empty-ec2-default-group': emptyEc2DefaultGroup,
  'deactivate-iam-access-keys': deactivateIamAccessKeys,
  'strengthen-iam-password-policy': strengthenIamPasswordPolicy,
  'rotate-kms-key': rotateKmsKey,
  'close-ec2-public-snapshots': closeEc2PublicSnapshots,
  'require-ec2-imdsv2': requireEc2Imdsv2,
  'close-rds-public-access': closeRdsPublicAccess,
  'validate-cloudtrail-logs': validateCloudtrailLogs,
  'send-cloudtrail-to-logs': sendCloudtrailToLogs,
  'log-cloudtrail-bucket-access': logCloudtrailBucketAccess,
  'log-vpc-flow': logVpcFlow,
  'block-s3-bucket-public-access': blockS3BucketPublicAccess,
  'block-s3-account-public-access': blockS3AccountPublicAccess,
  'restore-s3-bucket-encryption': restoreS3BucketEncryption,
  'quarantine-s3-object': quarantineS3Object,
  'suppress-macie-findings': suppressMacieFindings,
  'close-lambda-public-policy': closeLambdaPublicPolicy,
  'isolate-ec2-instance': isolateEc2Instance,
  'collect-ec2-evidence': collectEc2Evidence,
};
