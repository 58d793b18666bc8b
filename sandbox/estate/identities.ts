import {
  AddRoleToInstanceProfileCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  TagUserCommand,
  UntagUserCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';

import type { ClientSettings } from '../stack';
import { ownedBy, tagList } from './tags';

export interface Identities {
  /** Instance profile of both servers: taking its role away would hit the healthy one too. */
  readonly profile: string;
  readonly role: string;
  /** A machine's user with an access key that is more than a year old, and one of last month. */
  readonly user: string;
  readonly accessKeyId: string;
  readonly youngKeyId: string;
}

const trust = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

const allow = (Action: string, Resource: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

const day = 24 * 3_600_000;

/** An access key of that age. The launcher of moto takes its day from a tag, which goes again. */
const createKey = async (iam: IAMClient, UserName: string, days: number): Promise<string> => {
  const Key = 'sandbox-keys-of';
  const Value = new Date(Date.now() - days * day).toISOString();
  await iam.send(new TagUserCommand({ UserName, Tags: [{ Key, Value }] }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  await iam.send(new UntagUserCommand({ UserName, TagKeys: [Key] }));
  return AccessKey?.AccessKeyId ?? '';
};

const createDeployer = async (iam: IAMClient, UserName: string) => {
  await iam.send(new CreateUserCommand({ UserName, Tags: tagList(ownedBy('platform-team')) }));
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'deploy-everything', PolicyDocument: allow('*', '*') }),
  );
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Policy?.Arn ?? '' }));
  const accessKeyId = await createKey(iam, UserName, 412);
  return { accessKeyId, youngKeyId: await createKey(iam, UserName, 31) };
};

export const createIdentities = async (settings: ClientSettings): Promise<Identities> => {
  const iam = new IAMClient(settings);
  const role = 'web-instance';
  const user = 'ci-deploy';
  const profile = 'web-instance';
  const weak = { MinimumPasswordLength: 8, RequireLowercaseCharacters: true };
  const making = Promise.all([
    createDeployer(iam, user),
    iam.send(new UpdateAccountPasswordPolicyCommand(weak)),
  ]);
  await iam.send(
    new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: trust('ec2.amazonaws.com') }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: role,
      PolicyName: 'read-assets',
      PolicyDocument: allow('s3:GetObject', 'arn:aws:s3:::acme-marketing-assets/*'),
    }),
  );
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: profile }));
  await iam.send(
    new AddRoleToInstanceProfileCommand({ InstanceProfileName: profile, RoleName: role }),
  );
  const [keys] = await making;
  return { profile, role, user, ...keys };
};
