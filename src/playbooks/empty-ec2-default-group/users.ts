import type { NetworkInterface } from '@aws-sdk/client-ec2';

/** What a network interface with the group is for. */
export type Service =
  | 'VPC endpoint'
  | 'instance'
  | 'database'
  | 'load balancer'
  | 'Lambda function'
  | 'other network interface';

export interface User {
  service: Service;
  /** Whom it serves, as people know it: `vpce-…`, `i-…`, or AWS's description of the interface. */
  name: string;
  publicAddress: boolean;
  /** Its groups besides this one, by id: what they allow goes on. */
  others: readonly string[];
}

export const userOf = (eni: NetworkInterface, groupId: string): User => ({
  service: serviceOf(eni),
  name: nameOf(eni),
  publicAddress: eni.Association?.PublicIp !== undefined,
  others: (eni.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []).filter((id) => id !== groupId),
});

/** AWS makes interfaces for its services; their type, requester or description tells for which. */
const serviceOf = (eni: NetworkInterface): Service => {
  const { InterfaceType = '', RequesterId = '', Description = '', Attachment } = eni;
  if (InterfaceType.endsWith('endpoint')) return 'VPC endpoint';
  if (InterfaceType === 'lambda') return 'Lambda function';
  if (RequesterId === 'amazon-rds' || Description === 'RDSNetworkInterface') return 'database';
  if (RequesterId === 'amazon-elb' || Description.startsWith('ELB ')) return 'load balancer';
  return Attachment?.InstanceId ? 'instance' : 'other network interface';
};

const nameOf = ({ Attachment, Description = '', NetworkInterfaceId = '' }: NetworkInterface) =>
  /\bvpce-\w+/.exec(Description)?.[0] ??
  Attachment?.InstanceId ??
  // An RDS interface does not tell of which database it is.
  (Description === 'RDSNetworkInterface' || Description === ''
    ? NetworkInterfaceId
    : Description.replace(/^(AWS Lambda VPC ENI-|ELB )/, ''));
