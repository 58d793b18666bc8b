import { isAwsError, type Aws } from '../aws';
import { noteTag, type Attached } from './attached-interfaces';
import { listInterfaces } from './security-group';

/**
 * Writes on each interface which groups it has. The step's saved state tells it of all but those that are attached while
 * the step runs, and nothing may change whose old state is nowhere (law 1). Where even a tag is refused, containment
 * goes first: such an interface stays in quarantine until a person gives it groups.
 */
export const recordGroups = async (aws: Aws, interfaces: readonly Attached[]): Promise<void> => {
  for (const { id, groups } of interfaces)
    await aws
      .call('ec2:CreateTags', {
        Resources: [id],
        Tags: [{ Key: noteTag, Value: groups.join(' ') }],
      })
      .catch(() => {});
};

/** Groups by interface, where they were recorded. */
export const recordedGroups = async (
  aws: Aws,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  if (ids.length === 0) return new Map();
  const found = await listInterfaces(aws, { Name: 'network-interface-id', Values: [...ids] });
  return new Map(
    found.map(({ NetworkInterfaceId = '', TagSet = [] }) => [
      NetworkInterfaceId,
      (TagSet.find(({ Key }) => Key === noteTag)?.Value ?? '').split(' ').filter(isGroupId),
    ]),
  );
};

/** The tag is in the hands of whoever may tag interfaces. */
const isGroupId = (text: string): boolean => /^sg-[0-9a-f]{1,17}$/.test(text);

export const forgetGroups = async (aws: Aws, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  try {
    await aws.call('ec2:DeleteTags', { Resources: [...ids], Tags: [{ Key: noteTag }] });
  } catch (error) {
    if (!isAwsError(error, 'InvalidNetworkInterfaceID.NotFound')) throw error;
  }
};
