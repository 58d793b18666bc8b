import type { Offer } from '../domain/playbook';
import { closeEc2AdminPorts } from './close-ec2-admin-ports/facts';
import { emptyEc2DefaultGroup } from './empty-ec2-default-group/facts';
import { deactivateIamAccessKeys } from './deactivate-iam-access-keys/facts';
import { strengthenIamPasswordPolicy } from './strengthen-iam-password-policy/facts';
import { rotateKmsKey } from './rotate-kms-key/facts';

/** The facts alone, for the functions that offer playbooks and never run one. */
export const offers: readonly Offer[] = [
  closeEc2AdminPorts,
  emptyEc2DefaultGroup,
  deactivateIamAccessKeys,
  strengthenIamPasswordPolicy,
  rotateKmsKey,
];
