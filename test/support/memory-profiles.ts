import { awsError, type Handlers } from './memory-aws';

export interface MemoryAssociation {
  id: string;
  instance: string;
  profile: string;
  state: 'associating' | 'associated' | 'disassociating' | 'disassociated';
}

/**
 * Which instance has which profile: one at a time, each time by a new association, and with some patience.
 * @param lag so many reads after a change still tell the state on the way
 * @param deleted ARNs of profiles that are there no more
 */
export const memoryProfiles = (
  associations: MemoryAssociation[],
  { lag = 0, pageSize = 100, deleted = new Set<string>() } = {},
): Handlers => {
  let reads = 0;
  let made = 0;
  const arrive = () => {
    for (const each of associations) {
      if (reads > 0) break;
      if (each.state === 'associating') each.state = 'associated';
      if (each.state === 'disassociating') each.state = 'disassociated';
    }
    reads = Math.max(reads - 1, 0);
  };
  const begin = (association: MemoryAssociation) => {
    reads = lag;
    if (lag === 0) arrive();
    return { IamInstanceProfileAssociation: told(association) };
  };
  return {
    'ec2:DescribeIamInstanceProfileAssociations': ({ Filters = [], NextToken = '0' }) => {
      const [filter] = Filters;
      if (filter?.Name !== 'instance-id') throw awsError('InvalidParameterValue');
      const at = Number(NextToken);
      if (at === 0) arrive();
      const found = associations.filter(({ instance }) => filter.Values?.includes(instance));
      return {
        IamInstanceProfileAssociations: found.slice(at, at + pageSize).map(told),
        ...(at + pageSize < found.length && { NextToken: String(at + pageSize) }),
      };
    },
    'ec2:DisassociateIamInstanceProfile': ({ AssociationId }) => {
      const found = associations.find(({ id }) => id === AssociationId);
      if (!found || found.state === 'disassociated')
        throw awsError('InvalidAssociationID.NotFound');
      if (found.state !== 'associated') throw awsError('IncorrectState');
      found.state = 'disassociating';
      return begin(found);
    },
    'ec2:AssociateIamInstanceProfile': ({ InstanceId: instance = '', IamInstanceProfile }) => {
      const profile = IamInstanceProfile?.Arn ?? '';
      if (deleted.has(profile)) throw awsError('InvalidParameterValue');
      if (associations.some((each) => each.instance === instance && each.state !== 'disassociated'))
        throw awsError('IncorrectState');
      made += 1;
      const id = `iip-assoc-new${made}`;
      const added: MemoryAssociation = { id, instance, profile, state: 'associating' };
      associations.push(added);
      return begin(added);
    },
  };
};

const told = ({ id, instance, profile, state }: MemoryAssociation) => ({
  AssociationId: id,
  InstanceId: instance,
  IamInstanceProfile: { Arn: profile, Id: 'AIPA1' },
  State: state,
});
