import type { Playbook } from '../domain/playbook';
import type { Aws } from '../operations/aws';
import { closeEc2AdminPorts } from './close-ec2-admin-ports/playbook';
import { emptyEc2DefaultGroup } from './empty-ec2-default-group/playbook';
import { deactivateIamAccessKeys } from './deactivate-iam-access-keys/playbook';
import { strengthenIamPasswordPolicy } from './strengthen-iam-password-policy/playbook';
import { rotateKmsKey } from './rotate-kms-key/playbook';
import { closeEc2PublicSnapshots } from './close-ec2-public-snapshots/playbook';
import { requireEc2Imdsv2 } from './require-ec2-imdsv2/playbook';
import { closeRdsPublicAccess } from './close-rds-public-access/playbook';
import { validateCloudtrailLogs } from './validate-cloudtrail-logs/playbook';
import { sendCloudtrailToLogs } from './send-cloudtrail-to-logs/playbook';
import { logCloudtrailBucketAccess } from './log-cloudtrail-bucket-access/playbook';
import { logVpcFlow } from './log-vpc-flow/playbook';
import { blockS3BucketPublicAccess } from './block-s3-bucket-public-access/playbook';
import { blockS3AccountPublicAccess } from './block-s3-account-public-access/playbook';
import { restoreS3BucketEncryption } from './restore-s3-bucket-encryption/playbook';
import { quarantineS3Object } from './quarantine-s3-object/playbook';
import { suppressMacieFindings } from './suppress-macie-findings/playbook';
import { closeLambdaPublicPolicy } from './close-lambda-public-policy/playbook';
import { collectEc2Evidence } from './collect-ec2-evidence/playbook';
import { isolateEc2Instance } from './isolate-ec2-instance/playbook';

/** A playbook whose facts only it can read: `look` joins its read and its plan, so that the types meet inside. */
export type Listed = Omit<Playbook<never, Aws>, 'read' | 'plan'> & {
  look: (
    aws: Aws,
    asked: Parameters<Playbook<never, Aws>['plan']>[1],
  ) => Promise<ReturnType<Playbook<never, Aws>['plan']>>;
};

const listed = <Facts>(playbook: Playbook<Facts, Aws>): Listed => ({
  ...playbook,
  look: async (aws, asked) => playbook.plan(await playbook.read(aws, asked), asked),
});

/** The list: one line per playbook, compared with the folders by a test. */
export const playbooks: readonly Listed[] = [
  listed(closeEc2AdminPorts),
  listed(emptyEc2DefaultGroup),
  listed(deactivateIamAccessKeys),
  listed(strengthenIamPasswordPolicy),
  listed(rotateKmsKey),
  listed(closeEc2PublicSnapshots),
  listed(requireEc2Imdsv2),
  listed(closeRdsPublicAccess),
  listed(validateCloudtrailLogs),
  listed(sendCloudtrailToLogs),
  listed(logCloudtrailBucketAccess),
  listed(logVpcFlow),
  listed(blockS3BucketPublicAccess),
  listed(blockS3AccountPublicAccess),
  listed(restoreS3BucketEncryption),
  listed(quarantineS3Object),
  listed(suppressMacieFindings),
  listed(closeLambdaPublicPolicy),
  listed(isolateEc2Instance),
  listed(collectEc2Evidence),
];
