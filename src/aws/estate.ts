import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { Estate } from '../app/ports';
import { Told } from '../domain/errors';
import type { Aws } from '../operations/aws';
import { callersFor } from './calls';

export interface ResponderRole {
  /** Name of the role in every account; the account is the target's. */
  name: string;
  externalId: string;
  partition: string;
}

/** STS gives at least 15 minutes; no step takes longer. */
const seconds = 900;

/**
 * Sessions of the responder role in the target's account, cut down to the calls of the one step that asks (law 14). The
 * session's name shows the person in that account's CloudTrail.
 */
export const estateThrough = (sts: STSClient, role: ResponderRole): Estate => ({
  async session({ account, region }, calls, who): Promise<Aws> {
    const allowed = new Set(calls);
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:${role.partition}:iam::${account}:role/${role.name}`,
        RoleSessionName: sessionName(who),
        ExternalId: role.externalId,
        DurationSeconds: seconds,
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: [...allowed].sort(), Resource: '*' }],
        }),
      }),
    );
    if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken)
      throw new Told(`Account ${account} gave no session for ${role.name}.`);
    const callers = callersFor({
      region,
      credentials: {
        accessKeyId: given.AccessKeyId,
        secretAccessKey: given.SecretAccessKey,
        sessionToken: given.SessionToken,
      },
    });
    return { call: (name, input) => callers[name](input) };
  },
});

/** STS takes [\w+=,.@-], 2 to 64 characters. */
const sessionName = ({ name, remediation }: { name: string; remediation: string }): string =>
  `${name.replace(/[^\w+=,.@-]+/g, '-').slice(0, 30)}.${remediation}`.slice(0, 64);
