import type { Offer } from '../domain/playbook';
import { closeEc2AdminPorts } from './close-ec2-admin-ports/facts';
import { emptyEc2DefaultGroup } from './empty-ec2-default-group/facts';

/** The facts alone, for the functions that offer playbooks and never run one. */
export const offers: readonly Offer[] = [closeEc2AdminPorts, emptyEc2DefaultGroup];
