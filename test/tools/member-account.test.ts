import { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { parse } from 'yaml';
import { estateThrough } from '../../src/aws/estate';
import { operations } from '../../src/operations';
import { playbooks } from '../../src/playbooks';
import { faultsOf, grantFaults, oversized, statementsOf, type Node } from '../../tools/iam-rules';
import { memberFile, memberTemplate, responderParts } from '../../tools/member-template';
import { textOf } from '../../tools/source';
import { targetIn } from '../playbooks/moto/target';

const { Resources } = memberTemplate();
const responder = statementsOf(responderParts(Resources) as unknown as Node);
const allowed = responder
  .filter(({ effect, at }) => effect === 'Allow' && !at.includes('AssumeRolePolicyDocument'))
  .flatMap(({ actions }) => actions);
const denied = responder.filter(({ effect }) => effect === 'Deny');

describe('the role in the accounts', () => {
  it('is granted what playbooks and operations declare, no less and no more', () => {
    const declared = [
      ...playbooks.flatMap(({ permissions }) => permissions),
      ...operations.flatMap(({ permissions: { read, apply, undo = [] } }) => [
        ...read,
        ...apply,
        ...undo,
      ]),
    ];
    expect(grantFaults(responder, declared, memberFile)).toEqual([]);
  });

  it.each([
    'iam:CreateUser',
    'iam:AttachRolePolicy',
    'iam:UpdateAssumeRolePolicy',
    'iam:CreateAccessKey',
    'iam:CreateLoginProfile',
    'sts:AssumeRole',
    'organizations:*',
    'account:*',
  ])('is denied %s, everywhere and whatever else allows it', (action) => {
    const everywhere = denied.filter(({ resources }) => resources.includes('*'));
    expect(everywhere.flatMap(({ actions }) => actions)).toContain(action);
    expect(allowed).not.toContain(action);
  });

  it('writes policies of roles, to deny, and never those of its own roles, of the functions or of Automation', () => {
    const own = denied.filter(({ actions }) => actions.includes('iam:PutRolePolicy'));
    const spared = JSON.stringify(own.map(({ resources }) => resources));
    for (const role of [':role/Drawbridge*"', ':role/drawbridge-*"', 'AutomationRoles'])
      expect(spared).toContain(role);
    for (const { actions } of own) expect(actions).toContain('iam:DeleteRolePolicy');
  });

  it('passes the roles that deliver logs, those that the account named, and an instance its own', () => {
    const text = textOf(memberFile);
    const passes = text.split('Sid: ').filter((each) => each.includes('iam:PassRole'));
    const never = passes.filter((each) => each.startsWith('Never'));
    expect(never).toHaveLength(1);
    expect(never[0]).toContain('NotResource: !If');
    for (const each of passes.filter((one) => one !== never[0]))
      expect(each).toContain('iam:PassedToService');
  });

  it('names actions that IAM knows, and is within the sizes that IAM takes', async () => {
    expect((await Promise.all(responder.map(faultsOf))).flat()).toEqual([]);
    expect(oversized(Resources)).toEqual([]);
  });

  it('trusts the one role of Drawbridge, and only with the external id', () => {
    const { Resources: raw } = parse(textOf(memberFile), { logLevel: 'error' });
    expect(raw.DrawbridgeResponder.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: 'DrawbridgeRoleArn' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'ExternalId' } },
      },
    ]);
  });
});

describe('each session of a step', () => {
  /** The policy of the session that is opened for these actions, as STS would get it. */
  const policyOf = async (actions: readonly string[]): Promise<string> => {
    const sts = new STSClient({ region: 'us-east-1' });
    let policy = '';
    sts.send = (command: AssumeRoleCommand) => {
      policy = command.input.Policy ?? '';
      return Promise.reject(new Error('not opened'));
    };
    const role = { name: 'DrawbridgeResponder', externalId: 'x', partition: 'aws' };
    const none = () => Promise.reject(new Error('none'));
    const now = () => new Date(0);
    const tools = { endpoints: [], secretOf: none, now };
    const evidence = { s3: new S3Client({}), bucket: 'none', sleep: none, now };
    const estate = estateThrough(sts, role, tools, evidence);
    await estate
      .session(targetIn('AwsAccount', 'x'), actions, { name: 'x', remediation: 'rem-0' })
      .catch(() => undefined);
    return policy;
  };

  const sessions = [
    ...playbooks.map(({ id, permissions }) => [`the look of ${id}`, permissions] as const),
    ...operations.flatMap(({ kind, permissions: { read, apply, undo = [] } }) => [
      [`${kind}, forward`, [...read, ...apply]] as const,
      [`${kind}, back`, [...read, ...undo]] as const,
    ]),
  ].filter(([, actions]) => actions.length > 0);

  it.each(sessions)(
    'of %s allows what is declared and no more, in 2,048 characters',
    async (_, actions) => {
      const policy = await policyOf(actions);
      const { Statement } = JSON.parse(policy);

      expect(policy.length).toBeLessThanOrEqual(2048);
      expect(Statement).toHaveLength(1);
      expect(Statement[0].Action).toEqual([...new Set(actions)].sort());
      expect(allowed).toEqual(expect.arrayContaining(Statement[0].Action));
    },
  );
});
