import type { Offer } from '../domain/playbook';
import { closeEc2AdminPorts } from './close-ec2-admin-ports/facts';

/** The facts alone, for the functions that offer playbooks and never run one. */
export const offers: readonly Offer[] = [closeEc2AdminPorts];
