import fc from 'fast-check';
import { canonical } from '../../src/domain/canonical';
import { parsePolicy, type Statement } from '../../src/operations/policy-document';
import {
  isPublic,
  permissionText,
  statementName,
  statementText,
} from '../../src/operations/public-statement';

const base = {
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
};

const parsed = (...statements: object[]) => parsePolicy(JSON.stringify({ Statement: statements }));
const statement = (more: object = {}): Statement => {
  const [found] = parsed({ ...base, ...more }) ?? [];
  if (!found) throw new Error('not a policy');
  return found;
};

describe('a policy', () => {
  it('reads the same whatever way it is written', () => {
    const short = parsePolicy(
      JSON.stringify({
        Version: '2012-10-17',
        Id: 'x',
        Statement: {
          ...base,
          Action: ['s3:PutObject', 's3:GetObject'],
          Condition: {
            StringEquals: { 'AWS:SourceAccount': '111122223333' },
            Bool: { 'aws:SecureTransport': true },
          },
        },
      }),
    );
    const long = parsed({
      ...base,
      Sid: '',
      Principal: { AWS: ['*'] },
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: ['arn:aws:s3:::b/*'],
      Condition: {
        bool: { 'AWS:securetransport': ['true'] },
        stringEquals: { 'aws:sourceaccount': ['111122223333'] },
      },
    });

    expect(short).toHaveLength(1);
    expect(short).toEqual(long);
  });

  it('keeps what it says everything but', () => {
    const { except, principals, actions } = statement({
      Principal: undefined,
      NotPrincipal: { AWS: '111122223333' },
      Action: undefined,
      NotAction: 's3:DeleteObject',
      Resource: undefined,
      NotResource: 'arn:aws:s3:::b/private/*',
    });

    expect(except).toEqual(['principals', 'actions', 'resources']);
    expect([principals, actions]).toEqual([{ AWS: ['111122223333'] }, ['s3:DeleteObject']]);
  });

  it.each<[string, string]>([
    ['no JSON', '{'],
    ['no text', ''],
    ['a list', '[]'],
    ['no statement', '{"Version":"2012-10-17"}'],
    ['null', 'null'],
    ['a member that is not known', JSON.stringify({ Statement: { ...base, Unless: {} } })],
    ['a document member that is not known', JSON.stringify({ Statement: base, Deny: base })],
    ['no effect', JSON.stringify({ Statement: { ...base, Effect: undefined } })],
    ['an effect in another case', JSON.stringify({ Statement: { ...base, Effect: 'allow' } })],
    ['no principal', JSON.stringify({ Statement: { ...base, Principal: undefined } })],
    ['two principals', JSON.stringify({ Statement: { ...base, NotPrincipal: '*' } })],
    ['no action', JSON.stringify({ Statement: { ...base, Action: undefined } })],
    ['no resource', JSON.stringify({ Statement: { ...base, Resource: undefined } })],
    ['a principal that is text', JSON.stringify({ Statement: { ...base, Principal: 'all' } })],
    ['a condition that is a list', JSON.stringify({ Statement: { ...base, Condition: [] } })],
    ['a nested value', JSON.stringify({ Statement: { ...base, Condition: { Bool: { a: {} } } } })],
    [
      'a name that would get lost',
      `{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"*","Resource":"*","Condition":{"StringEquals":{"__proto__":"x"}}}}`,
    ],
  ])('that has %s is not guessed at (law 10)', (_, text) => {
    expect(parsePolicy(text)).toBeUndefined();
  });

  it('of any JSON is read or refused, never half of it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('Statement', 'Other'), (value, member) => {
        const found = parsePolicy(JSON.stringify({ [member]: value }));
        if (found) expect(found).toHaveLength(Array.isArray(value) ? value.length : 1);
      }),
    );
  });
});

const bound = (operator: string, key: string, value: unknown) =>
  statement({ Condition: { [operator]: { [key]: value } } });

describe('a statement is public', () => {
  it.each<[string, Statement]>([
    ['to everybody', statement()],
    ['to everybody with an account', statement({ Principal: { AWS: '*' } })],
    ['to one and everybody', statement({ Principal: { AWS: ['111122223333', '*'] } })],
    ['to everybody but one', statement({ Principal: undefined, NotPrincipal: { AWS: '1' } })],
    ['to an empty name', statement({ Principal: { AWS: '' } })],
    ['to nobody named', statement({ Principal: { AWS: [] } })],
    ['to a wildcard of services', statement({ Principal: { Service: '*.amazonaws.com' } })],
    ['bound to a wildcard', bound('StringLike', 'aws:PrincipalOrgID', '*')],
    ['bound to one value and a wildcard', bound('ArnLike', 'aws:SourceArn', ['arn:a', 'arn:*'])],
    ['bound to a variable', bound('StringEquals', 'aws:userid', '${aws:username}')],
    ['bound only where the key is there', bound('StringEqualsIfExists', 'aws:SourceVpc', 'vpc-1')],
    ['bound by all values of none', bound('ForAllValues:StringEquals', 'aws:SourceVpc', 'vpc-1')],
    ['bound by what it is not', bound('StringNotEquals', 'aws:SourceVpc', 'vpc-1')],
    ['bound by nothing', bound('StringEquals', 'aws:SourceVpc', [])],
    ['bound by what anybody can say', bound('StringLike', 'aws:Referer', 'https://acme.test/')],
    ['bound to half of all addresses', bound('IpAddress', 'aws:SourceIp', '0.0.0.0/1')],
    ['bound to one network and all', bound('IpAddress', 'aws:SourceIp', ['192.0.2.0/24', '::/0'])],
    ['bound away from a network', bound('NotIpAddress', 'aws:SourceIp', '192.0.2.0/24')],
    ['bound to an access point that is none', bound('ArnLike', 's3:DataAccessPointArn', 'x')],
    [
      'bound to access points of any account',
      bound('ArnLike', 's3:DataAccessPointArn', 'arn:aws:s3:eu-west-1:*:accesspoint/x'),
    ],
  ])('%s', (_, each) => {
    expect(isPublic(each)).toBe(true);
  });

  it.each<[string, Statement]>([
    ['that denies', statement({ Effect: 'Deny' })],
    ['to an account', statement({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } })],
    ['to a service', statement({ Principal: { Service: 'cloudtrail.amazonaws.com' } })],
    ['bound to an organisation', bound('StringEquals', 'aws:PrincipalOrgID', 'o-1')],
    ['bound to a distribution', bound('ArnEquals', 'AWS:SourceArn', 'arn:aws:cloudfront::1:d/E')],
    ['bound to an endpoint', bound('StringEquals', 'aws:sourceVpce', ['vpce-1', 'vpce-2'])],
    ['bound to any of some', bound('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-1/r-1/')],
    ['bound to a network', bound('IpAddress', 'aws:SourceIp', ['192.0.2.0/24', '10.0.0.0/8'])],
    ['bound to one address', bound('IpAddress', 'aws:SourceIp', '192.0.2.1')],
    ['bound to an IPv6 network', bound('IpAddress', 'aws:SourceIp', '2001:db8::/32')],
    [
      'bound to any access point of one account',
      bound('ArnLike', 's3:DataAccessPointArn', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/*'),
    ],
  ])('not %s', (_, each) => {
    expect(isPublic(each)).toBe(false);
  });
});

describe('the words of a statement', () => {
  it.each<[Statement, string]>([
    [statement(), 'lets everybody s3:GetObject on b/*'],
    [
      statement({ Effect: 'Deny', Principal: { AWS: ['a', 'b', 'c', 'd'] } }),
      'denies a, b, c and 1 more s3:GetObject on b/*',
    ],
    [
      statement({
        Principal: undefined,
        NotPrincipal: { AWS: 'a' },
        Resource: undefined,
        NotResource: 'r',
      }),
      'lets everybody but a s3:GetObject on all but r',
    ],
    [
      statement({ Action: undefined, NotAction: ['s3:DeleteObject'], Principal: { AWS: [] } }),
      'lets everybody all but s3:DeleteObject on b/*',
    ],
    [
      statement({
        Condition: {
          StringNotLike: { 'aws:Referer': 'x' },
          IpAddress: { 'aws:SourceIp': '192.0.2.1' },
        },
      }),
      'lets everybody s3:GetObject on b/*, if aws:sourceip is 192.0.2.1 and aws:referer stringnotlike x',
    ],
    [
      bound('StringEquals', 'lambda:EventSourceToken', 'amzn1.ask.skill.1'),
      'lets everybody s3:GetObject on b/*, if lambda:eventsourcetoken is a token',
    ],
  ])('say who may do what, where and when', (each, words) => {
    expect(statementText(each)).toBe(words);
    expect(permissionText(each)).toBe(words.replace(/ on (all but )?(b\/\*|r)/, ''));
  });

  it('call it by its name, or by its place', () => {
    expect(statementName(statement({ Sid: 'Public' }), 4)).toBe('“Public”');
    expect(statementName(statement(), 4)).toBe('no. 5');
  });

  it('are the same for equal statements', () => {
    expect(canonical(statement({ Principal: { AWS: '*' } }))).toBe(canonical(statement()));
  });
});
