import { closeEc2AdminPorts } from './close-ec2-admin-ports';
import { emptyEc2DefaultGroup } from './empty-ec2-default-group';
import { deactivateIamAccessKeys } from './deactivate-iam-access-keys';
import { strengthenIamPasswordPolicy } from './strengthen-iam-password-policy';
import { rotateKmsKey } from './rotate-kms-key';
import type { Worlds } from './worlds';

/** By playbook. A playbook without worlds fails the contract. */
export const worlds: Readonly<Record<string, Worlds>> = {
  'close-ec2-admin-ports': closeEc2AdminPorts,
  'empty-ec2-default-group': emptyEc2DefaultGroup,
  'deactivate-iam-access-keys': deactivateIamAccessKeys,
  'strengthen-iam-password-policy': strengthenIamPasswordPolicy,
  'rotate-kms-key': rotateKmsKey,
};
