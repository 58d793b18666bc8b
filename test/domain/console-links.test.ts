import fc from 'fast-check';
import { consoleLinks } from '../../src/domain/console-links';
import { aFinding } from '../support/builders';

const on = (kind: string, id: string, more: object = {}) =>
  consoleLinks(aFinding({ source: 'macie', resources: [{ kind, id, ...more }] }));
const urlsOf = (...given: Parameters<typeof on>): string[] => on(...given).map(({ url }) => url);

describe('links into the console', () => {
  it.each([
    [
      'AwsEc2SecurityGroup',
      'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1b2c3d',
      'ec2/home?region=eu-west-1#SecurityGroup:groupId=sg-0a1b2c3d',
    ],
    [
      'AwsEc2Instance',
      'i-0123456789abcdef0',
      'ec2/home?region=eu-west-1#InstanceDetails:instanceId=i-0123456789abcdef0',
    ],
    ['AwsEc2Vpc', 'vpc-0a1b', 'vpcconsole/home?region=eu-west-1#VpcDetails:VpcId=vpc-0a1b'],
    ['AwsS3Bucket', 'arn:aws:s3:::ledger.eu', 's3/buckets/ledger.eu?region=eu-west-1'],
    [
      'AwsIamUser',
      'arn:aws:iam::111122223333:user/ops/ann@example.com',
      'iam/home?region=eu-west-1#/users/details/ann%40example.com',
    ],
    [
      'AwsKmsKey',
      'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f',
      'kms/home?region=eu-west-1#/kms/keys/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f',
    ],
    [
      'AwsRdsDbInstance',
      'arn:aws:rds:eu-west-1:111122223333:db:orders',
      'rds/home?region=eu-west-1#database:id=orders',
    ],
    [
      'AwsLambdaFunction',
      'arn:aws:lambda:eu-west-1:111122223333:function:pay:live',
      'lambda/home?region=eu-west-1#/functions/pay',
    ],
    ['AwsLambdaFunction', 'pay', 'lambda/home?region=eu-west-1#/functions/pay'],
  ])('show a %s', (kind, id, path) => {
    expect(urlsOf(kind, id)[0]).toBe(`https://eu-west-1.console.aws.amazon.com/${path}`);
  });

  it('show who changed it, by its short name, also where we know no page of its kind', () => {
    const url = urlsOf('AwsSqsQueue', 'arn:aws:sqs:eu-west-1:111122223333:jobs')[0];
    expect(url).toContain('cloudtrailv2/home?region=eu-west-1#/events?ResourceName=jobs');
  });

  it.each([
    ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/'],
    ['cn-north-1', 'https://console.amazonaws.cn/'],
  ])('lead to the console of the partition: %s', (region, host) => {
    for (const url of urlsOf('AwsEc2Vpc', 'vpc-0a1b', { region })) expect(url).toContain(host);
  });

  it('are none where we know no console, no Region or no resource', () => {
    expect(urlsOf('AwsEc2Vpc', 'vpc-0a1b', { region: 'us-iso-east-1' })).toEqual([]);
    expect(consoleLinks(aFinding({ source: 'macie', region: undefined }))).toEqual([]);
    expect(consoleLinks(aFinding({ source: 'macie', resources: [] }))).toEqual([]);
  });
});

describe('the link to the finding', () => {
  const hub = (more: Parameters<typeof aFinding>[0]) =>
    consoleLinks(aFinding({ resources: [], ...more })).map(({ url }) => url);

  it('searches Security Hub for its id, encoded twice as its console reads it', () => {
    const [url = ''] = hub({ id: 'arn:aws:x/1' });
    expect(url).toBe(
      'https://eu-west-1.console.aws.amazon.com/securityhub/home?region=eu-west-1#/findings?search=Id%3D%255Coperator%255C%253AEQUALS%255C%253Aarn%253Aaws%253Ax%252F1',
    );
  });

  it('searches the newer Security Hub by its own name of the id', () => {
    expect(hub({ source: 'security-hub-v2' })[0]).toContain(
      '/securityhub/v2/home?region=eu-west-1#/findings?search=finding_info.uid%3D',
    );
  });

  it('is none where Security Hub does not have it, or nobody knows in which Region', () => {
    expect(hub({ source: 'guardduty' })).toEqual([]);
    expect(hub({ region: undefined })).toEqual([]);
  });
});

describe('the links into Macie', () => {
  const id = '5be50fce24526e670df77bc00ce48e71';
  const job = '3ce05dbb7ec5505def334104bf6db1aa';
  const macie = (more: Parameters<typeof aFinding>[0] = {}) =>
    consoleLinks(aFinding({ source: 'macie', resources: [], id, ...more })).map(
      ({ words, url }) => [words, url],
    );

  it.each([
    ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/'],
    ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/'],
    ['cn-north-1', 'https://console.amazonaws.cn/'],
  ])('open the finding and its job in %s', (region, host) => {
    expect(macie({ job, region })).toEqual([
      ['Finding in Macie', `${host}macie/home?region=${region}#findings?itemId=${id}`],
      [
        'Findings of its job',
        `${host}macie/home?region=${region}#findings?tab=job&search=classificationDetails.jobId%3D${job}&macros=current`,
      ],
    ]);
  });

  it('are without a job where Macie found it by itself', () => {
    expect(macie().map(([words]) => words)).toEqual(['Finding in Macie']);
  });

  it('are none for ids that Macie does not give, without a Region, and for other sources', () => {
    expect(macie({ id: 'a/../b', job: 'x#y' })).toEqual([]);
    expect(macie({ region: undefined, job })).toEqual([]);
    expect(macie({ source: 'guardduty', job })).toEqual([]);
  });
});

describe('an object of S3', () => {
  it('is shown by its whole key, encoded, and has no history in CloudTrail', () => {
    expect(urlsOf('AwsS3Object', 'arn:aws:s3:::acme-raw/hr & co/a#1.csv').slice(0, 1)).toEqual([
      'https://eu-west-1.console.aws.amazon.com/s3/object/acme-raw?region=eu-west-1&prefix=hr%20%26%20co%2Fa%231.csv',
    ]);
    expect(on('AwsS3Object', 'arn:aws:s3:::acme-raw/a').map(({ words }) => words)).toEqual([
      'Resource in the console',
    ]);
  });

  it.each(['arn:aws:s3:::acme-raw', `arn:aws:s3:::acme-raw/${'k'.repeat(900)}`, 'a/b'])(
    'has no link where its key is none or too long: %.40s',
    (id) => {
      expect(on('AwsS3Object', id)).toEqual([]);
    },
  );
});

describe('what the finding advises to read', () => {
  const advised = (reference: string) =>
    consoleLinks(aFinding({ source: 'macie', resources: [], reference })).map(({ url }) => url);

  it('is linked where it is AWS’s own documentation', () => {
    const page = 'https://docs.aws.amazon.com/console/securityhub/EC2.13/remediation';
    expect(advised(page)).toEqual([page]);
  });

  it.each([
    'http://docs.aws.amazon.com/x',
    'https://docs.aws.amazon.com.evil.example/x',
    'https://evil.example/https://docs.aws.amazon.com/x',
    'https://docs.aws.amazon.com@evil.example/',
    'javascript:alert(1)',
    'https://docs.aws.amazon.com/x y',
  ])('is not linked otherwise: %s', (reference) => {
    expect(advised(reference)).toEqual([]);
  });
});

describe('whatever a finding says (law 11)', () => {
  const kind = fc.constantFrom(
    'AwsEc2SecurityGroup',
    'AwsEc2Instance',
    'AwsEc2Vpc',
    'AwsS3Bucket',
    'AwsIamUser',
    'AwsKmsKey',
    'AwsRdsDbInstance',
    'AwsLambdaFunction',
    'AwsS3Object',
    'constructor',
    '__proto__',
    'Other',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 700 }),
    fc.constantFrom('a/../../b', 'x?y=1#z', '//evil.example', '\ud800', 'a'.repeat(5000)),
  );

  it('its links stay on AWS’s hosts, parse, and fit into a button', () => {
    const hosts = ['eu-west-1.console.aws.amazon.com', 'docs.aws.amazon.com'];
    fc.assert(
      fc.property(kind, text, text, text, (kind, resource, id, reference) => {
        const resources = [{ kind, id: resource }];
        const links = consoleLinks(aFinding({ resources, id, reference }));
        expect(links.length).toBeLessThanOrEqual(4);
        for (const { url } of links) {
          expect(hosts).toContain(new URL(url).host);
          expect(url.length).toBeLessThanOrEqual(3000);
        }
      }),
    );
  });

  it('the page that they lead to is the one meant, whatever the name tries', () => {
    const pages =
      /^\/((ec2|vpcconsole|iam|kms|rds|lambda|cloudtrailv2|macie)\/home|s3\/(buckets|object)\/[a-z0-9][a-z0-9.-]+)$/;
    fc.assert(
      fc.property(kind, text, fc.constantFrom('', 'arn:aws:s3:::acme/'), (kind, rest, start) => {
        const id = `${start}${rest}`;
        for (const { url } of on(kind, id)) {
          expect(new URL(url).pathname).toMatch(pages);
          const prefix = kind === 'AwsS3Object' ? '(&prefix=[^&#]+)?' : '';
          expect(new URL(url).search).toMatch(new RegExp(`^\\?region=eu-west-1${prefix}$`));
        }
      }),
    );
  });
});
