import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { Estate } from '../app/ports';
import { Told } from '../domain/errors';
import type { Aws, AwsCall } from '../operations/aws';
import { callersFor } from './calls';
import type { Callers, SessionConfig } from './calls/callers';
import { ownCallers, type EvidenceStore } from './calls/own';
import { webhookCallers, type Webhooks } from './calls/webhook';

export interface ResponderRole {
  /** Name of the role in every account; the account is the target's. */
  name: string;
  externalId: string;
  partition: string;
}

/** STS gives at least 15 minutes; no step takes longer. */
const seconds = 900;

type Who = Parameters<Estate['session']>[2];

/**
 * Sessions of the responder role in the target's account, cut down to the calls of the one step that asks (law 14). The
 * session's name shows the person in that account's CloudTrail. A step that needs no call to AWS gets no role: it can
 * reach the tools of the policy, and nothing else of others. Our own evidence is no part of any account that is looked at.
 */
export const estateThrough = (
  sts: STSClient,
  role: ResponderRole,
  webhooks: Webhooks,
  evidence: EvidenceStore,
): Estate => {
  const tools = webhookCallers(webhooks);
  return {
    async session({ account, region }, calls, who): Promise<Aws> {
      const others: Partial<Callers<AwsCall>> =
        calls.length === 0
          ? tools
          : callersFor({ region, credentials: await assume(sts, role, account, calls, who) });
      const callers: Partial<Callers<AwsCall>> = { ...others, ...ownCallers(evidence, who.name) };
      return {
        async call(name, input) {
          const caller = callers[name];
          if (!caller) throw new TypeError(`this session has no ${name}`);
          return caller(input);
        },
      };
    },
  };
};

const assume = async (
  sts: STSClient,
  role: ResponderRole,
  account: string,
  calls: readonly string[],
  who: Who,
): Promise<SessionConfig['credentials']> => {
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:${role.partition}:iam::${account}:role/${role.name}`,
      RoleSessionName: sessionName(who),
      ExternalId: role.externalId,
      DurationSeconds: seconds,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: [...new Set(calls)].sort(), Resource: '*' }],
      }),
    }),
  );
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken)
    throw new Told(`Account ${account} gave no session for ${role.name}.`);
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
  };
};

/** STS takes [\w+=,.@-], 2 to 64 characters. */
const sessionName = ({ name, remediation }: Who): string =>
  `${name.replace(/[^\w+=,.@-]+/g, '-').slice(0, 30)}.${remediation}`.slice(0, 64);
