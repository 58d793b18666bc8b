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
} from '@aws-sdk/client-iam';

import type { ClientSettings } from '../stack';

export interface Identities {
  /** Instance profile of both servers: taking its role away would hit the healthy one too. */
  readonly profile: string;
  readonly role: string;
  /** A person with a long-lived access key. */
  readonly user: string;
  readonly accessKeyId: string;
}

const trust = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

const allow = (Action: string, Resource: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

export const createIdentities = async (settings: ClientSettings): Promise<Identities> => {
  const iam = new IAMClient(settings);
  const role = 'web-instance';
  const user = 'ci-deploy';
  const profile = 'web-instance';
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
  await iam.send(new CreateUserCommand({ UserName: user }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: user }));
  const { Policy } = await iam.send(
    new CreatePolicyCommand({
      PolicyName: 'deploy-everything',
      PolicyDocument: allow('*', '*'),
    }),
  );
  await iam.send(new AttachUserPolicyCommand({ UserName: user, PolicyArn: Policy?.Arn ?? '' }));
  return { profile, role, user, accessKeyId: AccessKey?.AccessKeyId ?? '' };
};
