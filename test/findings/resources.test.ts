import { arnOf, kindOf, regionOf, resourcesOf, Tags } from '../../src/findings/resources';

test.each([
  ['AWS::EC2::Instance', 'AwsEc2Instance'],
  ['AWS::RDS::DBInstance', 'AwsRdsDbInstance'],
  ['AWS::EC2::VPCPeeringConnection', 'AwsEc2VpcPeeringConnection'],
  ['AWS::DynamoDB::Table', 'AwsDynamoDbTable'],
  ['AWS::WAFv2::WebACL', 'AwsWafv2WebAcl'],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AwsElbv2LoadBalancer'],
  ['AWS::S3::Bucket', 'AwsS3Bucket'],
  ['AWS::IAM::AccessKey', 'AwsIamAccessKey'],
  ['AWS::KMS::Key', 'AwsKmsKey'],
  ['AWS::::Account', 'AwsAccount'],
  ['AWS_ECR_CONTAINER_IMAGE', 'AwsEcrContainerImage'],
  ['CODE_REPOSITORY', 'CodeRepository'],
  ['AwsEc2SecurityGroup', 'AwsEc2SecurityGroup'],
  ['Microsoft.Compute/virtualMachines', 'Microsoft.Compute/virtualMachines'],
  ['constructor::x', 'constructorx'],
  ['', 'Other'],
  [undefined, 'Other'],
])('%s is named %s', (type, kind) => {
  expect(kindOf(type)).toBe(kind);
});

test.each([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-iso', 'us-iso-east-1'],
  ['aws-iso-b', 'us-isob-east-1'],
  ['aws-eusc', 'eusc-de-east-1'],
])('takes account and Region from an ARN of %s', (partition, region) => {
  const id = `arn:${partition}:ec2:${region}:111122223333:instance/i-1`;

  expect(resourcesOf([{ type: 'AwsEc2Instance', id }])).toEqual([
    { kind: 'AwsEc2Instance', id, account: '111122223333', region, tags: {} },
  ]);
});

test('a resource of another cloud keeps its words and has neither account nor Region of AWS', () => {
  const id = '/subscriptions/0000/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm';

  expect(resourcesOf([{ type: 'AzureVirtualMachine', id, region: 'westeurope' }])).toEqual([
    { kind: 'AzureVirtualMachine', id, tags: {} },
  ]);
});

test('an ARN may lack its partition; other text has no parts', () => {
  expect(arnOf('arn::s3:::b:c')).toMatchObject({ partition: '', service: 's3', rest: 'b:c' });
  expect(arnOf('AWS::IAM::AccessKey:null')).toMatchObject({ service: '', account: '' });
  expect(arnOf()).toMatchObject({ rest: '' });
});

test('the account in an ARN counts before the one that is given', () => {
  const id = 'arn:aws:iam::111122223333:role/r';

  expect(resourcesOf([{ type: 'AwsIamRole', id, account: '444455556666' }])).toMatchObject([
    { account: '111122223333' },
  ]);
});

test('an account of 13 digits is no account', () => {
  const id = 'AWS::::Account:1234567891234';

  expect(resourcesOf([{ type: 'AwsAccount', id }])).toEqual([{ kind: 'AwsAccount', id, tags: {} }]);
});

test('the first that is a Region counts', () => {
  expect(regionOf('N/A', undefined, 'global', 'eu-west-1', 'us-east-1')).toBe('eu-west-1');
});

test('reads tags in both of their shapes and drops what is none', () => {
  const hostile = JSON.parse('{"__proto__":"x","a":"b","n":1}') as unknown;

  expect(Tags.parse(hostile)).toEqual({ a: 'b' });
  expect(
    Tags.parse([
      { key: 'a', value: 'b' },
      { name: 'c', value: 'd' },
      { value: 'e' },
      7,
      { key: '__proto__', value: 'x' },
    ]),
  ).toEqual({ a: 'b', c: 'd' });
  expect(Tags.parse('nonsense')).toEqual({});
});
