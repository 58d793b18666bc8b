import { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { estateThrough } from '../../src/aws/estate';
import { aTarget } from '../support/builders';

const role = { name: 'Responder', externalId: 'external', partition: 'aws' };
const who = { name: 'Rita Requester', remediation: 'rem-0000000000' };
const url = 'https://tools.example.com/x';

const anEstate = () => {
  const sts = new STSClient({ region: 'us-east-1' });
  const assumed: AssumeRoleCommand['input'][] = [];
  sts.send = ((command: AssumeRoleCommand) => {
    assumed.push(command.input);
    const Credentials = { AccessKeyId: 'a', SecretAccessKey: 'b', SessionToken: 'c' };
    return Promise.resolve({ Credentials });
  }) as typeof sts.send;
  const webhooks = {
    endpoints: [],
    secretOf: () => Promise.reject(new Error('never asked')),
    now: () => new Date(0),
  };
  const evidence = {
    s3: new S3Client({ region: 'us-east-1' }),
    bucket: 'evidence',
    sleep: () => Promise.resolve(),
    now: () => new Date(0),
  };
  return { estate: estateThrough(sts, role, webhooks, evidence), assumed };
};

describe('a session in the estate', () => {
  it('is limited to the calls of its step, each once (law 14)', async () => {
    const { estate, assumed } = anEstate();

    await estate.session(aTarget, ['ec2:B', 'ec2:A', 'ec2:B'], who);

    expect(assumed).toHaveLength(1);
    expect(JSON.parse(assumed[0]?.Policy ?? '{}')).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: ['ec2:A', 'ec2:B'], Resource: '*' }],
    });
    expect(assumed[0]).toMatchObject({
      RoleArn: `arn:aws:iam::${aTarget.account}:role/Responder`,
      RoleSessionName: 'Rita-Requester.rem-0000000000',
      ExternalId: 'external',
    });
  });

  it('of a step without calls has no role: it reaches tools only', async () => {
    const { estate, assumed } = anEstate();
    const session = await estate.session(aTarget, [], who);

    await expect(session.call('ec2:DescribeSecurityGroups', {})).rejects.toThrow(
      'this session has no ec2:DescribeSecurityGroups',
    );
    await expect(session.call('https:Get', { url, secret: 'x', run: 'y' })).rejects.toThrow(
      'tools.example.com is no tool of config/drawbridge.yml any more.',
    );
    expect(assumed).toEqual([]);
  });

  it('of a step with calls reaches no tool', async () => {
    const { estate } = anEstate();
    const session = await estate.session(aTarget, ['ec2:A'], who);

    await expect(session.call('https:Get', { url, secret: 'x', run: 'y' })).rejects.toThrow(
      'this session has no https:Get',
    );
  });
});
