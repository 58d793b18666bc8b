import type { IamInstanceProfileAssociation } from '@aws-sdk/client-ec2';
import { Told } from '../../domain/errors';
import { unlessAbsent } from '../absent';
import { isAwsError, type Aws } from '../aws';
import type { Reversible } from '../operation';
import { all } from '../pages';
import { readInstance } from './require-imdsv2';

/** The instance gets no new credentials. Those that it has go on until they expire: see iam.deny-instance. */
export type DetachProfile = { readonly instanceId: string };

/** Without the id of the association: each has a new one. */
type Association = { readonly profile: string; readonly state: string };
type State =
  | { readonly gone: false; readonly associations: readonly Association[] }
  | { readonly gone: true };

export const detachProfile: Reversible<DetachProfile, State> = {
  kind: 'ec2.detach-profile',
  describe: ({ instanceId }) => `Detach the instance profile of ${instanceId}`,
  async read(aws, { instanceId }) {
    if (!(await readInstance(aws, instanceId))) return { gone: true };
    const associations = (await readAssociations(aws, instanceId)).map(({ profile, state }) => ({
      profile,
      state,
    }));
    return { gone: false, associations };
  },
  holds: (state) => state.gone || state.associations.length === 0,
  async apply(aws, { instanceId }, now) {
    if (!profileOf(now)) return;
    for (const { id } of await readAssociations(aws, instanceId))
      await settled(aws.call('ec2:DisassociateIamInstanceProfile', { AssociationId: id }));
  },
  pending(state) {
    const busy = !state.gone && state.associations.find((each) => each.state !== 'associated');
    return busy ? { running: `The profile is ${busy.state}` } : undefined;
  },
  async undo(aws, { instanceId }, before, now) {
    const profile = profileOf(before);
    if (!profile || now.gone) return;
    const other = now.associations.find((each) => each.profile !== profile);
    if (other && other.state !== 'disassociating')
      throw new Told(
        `${instanceId} was given the profile ${nameOf(other.profile)} meanwhile: detach it, then undo again.`,
      );
    if (now.associations.length > 0) return;
    await associate(aws, instanceId, profile);
  },
  restored(state, _, before) {
    const profile = profileOf(before);
    if (!profile || state.gone) return true;
    const [only, ...more] = state.associations;
    return more.length === 0 && only?.profile === profile && only.state === 'associated';
  },
  drift(after, now) {
    if (now.gone) return after.gone ? [] : ['the instance was terminated since'];
    if (after.gone) return ['the instance is there again'];
    const [was, is] = [profileOf(after), profileOf(now)];
    if (was === is) return [];
    return [is ? `the profile ${nameOf(is)} was attached since` : 'the profile was detached since'];
  },
  permissions: {
    read: ['ec2:DescribeIamInstanceProfileAssociations', 'ec2:DescribeInstances'],
    apply: ['ec2:DescribeIamInstanceProfileAssociations', 'ec2:DisassociateIamInstanceProfile'],
    // The role within the profile is passed to the instance again.
    undo: ['ec2:AssociateIamInstanceProfile', 'iam:PassRole'],
  },
};

/** ARN of the profile that is attached, or about to be. */
const profileOf = (state: State): string | undefined =>
  state.gone
    ? undefined
    : state.associations.find(({ state }) => state !== 'disassociating')?.profile;

const nameOf = (arn: string): string => arn.split('/').at(-1) ?? arn;

const readAssociations = async (aws: Aws, instanceId: string) => {
  const found = await all(async (NextToken) => {
    const page = await aws.call('ec2:DescribeIamInstanceProfileAssociations', {
      Filters: [{ Name: 'instance-id', Values: [instanceId] }],
      ...(NextToken && { NextToken }),
    });
    return { items: page.IamInstanceProfileAssociations, next: page.NextToken };
  });
  return found
    .map(associationOf)
    .filter(({ state }) => state !== 'disassociated')
    .sort((a, b) => (a.profile < b.profile ? -1 : 1));
};

/** @throws Told where EC2 does not tell: what cannot be put back is not taken away (law 10) */
const associationOf = (given: IamInstanceProfileAssociation) => {
  const { AssociationId: id, IamInstanceProfile, State: state, InstanceId } = given;
  const profile = IamInstanceProfile?.Arn;
  if (!id || !profile || !state) throw new Told(`EC2 does not tell the profile of ${InstanceId}.`);
  return { id, profile, state };
};

/** EC2 is still busy with the change before, or was quicker: reading it back tells. */
const settled = (call: Promise<unknown>) =>
  unlessAbsent(call, 'IncorrectState', 'InvalidAssociationID.NotFound');

/** @throws Told where the profile is there no more */
const associate = async (aws: Aws, InstanceId: string, Arn: string): Promise<void> => {
  try {
    const IamInstanceProfile = { Arn };
    await settled(aws.call('ec2:AssociateIamInstanceProfile', { InstanceId, IamInstanceProfile }));
  } catch (error) {
    if (!isAwsError(error, 'InvalidParameterValue')) throw error;
    const words = `${InstanceId} cannot be given its profile ${nameOf(Arn)} back`;
    throw new Told(`${words}: it was deleted meanwhile, or has no role.`, { cause: error });
  }
};
