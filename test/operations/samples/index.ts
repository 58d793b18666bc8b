import { replaceIngressRules } from './ec2-rules';
import type { Sample } from './sample';

/** By kind of operation. An operation without samples fails the contract. */
export const samples: Readonly<Record<string, readonly Sample[]>> = {
  'ec2.replace-ingress-rules': replaceIngressRules,
};
