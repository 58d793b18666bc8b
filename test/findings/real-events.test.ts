import { Finding } from '../../src/domain/finding';
import { read } from '../../src/findings/index';
import { files, load, wrap } from './events';

// source | severity | control | kind of the first resource; or why it is no finding.
const table: Record<string, string[]> = {
  'asff-aqua-trivy-report-object.json': Array<string>(4).fill(
    'security-hub | medium | - | Container',
  ),
  'asff-custodian-ebs-finding-public-product.json': ['security-hub | informational | - | Other'],
  'asff-custodian-s3-finding.json': ['security-hub | informational | - | AwsS3Bucket'],
  'asff-electriceye-lambda.1-iso-partition.json': [
    'security-hub | informational | - | AwsLambdaFunction',
  ],
  'asff-fsbp-ec2.19-ocsf-examples.json': [
    'security-hub | informational | EC2.19 | AwsEc2SecurityGroup',
  ],
  'asff-guardduty-stealth-cloudtrail-ocsf-examples.json': [
    'security-hub | low | - | AwsIamAccessKey',
  ],
  'asff-inspector2-cve-ocsf-examples.json': ['security-hub | medium | - | AwsEcrContainerImage'],
  'asff-inspector2-ecr-log4j-custodian.json': [
    'security-hub | critical | - | AwsEcrContainerImage',
  ],
  'asff-jfrog-xray-op-risk.json': ['security-hub | high | - | Other'],
  'asff-jfrog-xray-security.json': Array<string>(2).fill('security-hub | high | - | Other'),
  'asff-prowler-rds.json': ['rejected: its account "ACCOUNT_ID" is not 12 digits'],
  'cli-asff-pci-lambda.2-archived-passed.json': ['security-hub | informational | - | AwsAccount'],
  'cli-guardduty-get-findings-pascalcase.json': ['guardduty | medium | - | AwsIamAccessKey'],
  'doc-access-analyzer-error.json': ['access-analyzer | low | - | AwsS3Bucket'],
  'doc-access-analyzer-internal.json': ['access-analyzer | low | - | AwsS3Bucket'],
  'doc-access-analyzer-unused-role-error.json': ['access-analyzer | low | - | AwsIamRole'],
  'doc-asff-access-analyzer-s3.json': ['security-hub | low | - | AwsS3Bucket'],
  'doc-asff-cis12-2.7.json': ['security-hub | medium | CloudTrail.2 | AwsCloudTrailTrail'],
  'doc-asff-pci-cloudtrail.1.json': ['security-hub | medium | CloudTrail.2 | AwsCloudTrailTrail'],
  'doc-asff-servicemanaged-controltower.json': [
    'security-hub | medium | CloudTrail.2 | AwsAccount',
  ],
  'doc-ecr-scan-resource-change.json': ['not a finding: events of aws.ecr are not findings'],
  'doc-inspector2-scan-complete.json': ['not a finding: a scan report holds counts, no findings'],
  'doc-sechub-insight-results.json': ['not a finding: insight results hold counts, no findings'],
  'guardduty-native-iam-raw.json': ['guardduty | medium | - | AwsIamAccessKey'],
  'guardduty-native-iam-tor-custodian.json': ['guardduty | medium | - | AwsIamAccessKey'],
  'guardduty-native-s3-raw.json': ['guardduty | medium | - | AwsS3Bucket'],
  'guardduty-pascal-ec2-portscan.json': ['rejected: its account "1234567891234" is not 12 digits'],
  'guardduty-pascal-iam-anomalous.json': ['guardduty | medium | - | AwsIamAccessKey'],
  'macie-native-avro.json': ['macie | high | - | AwsS3Object'],
  'macie-native-cdi-public-bucket-console-export.json': ['macie | medium | - | AwsS3Object'],
  'macie-native-cdi.json': ['macie | medium | - | AwsS3Object'],
  'macie-native-parquet.json': ['macie | high | - | AwsS3Object'],
  'ocsf-inspector-cve-ocsf-examples.json': ['security-hub-v2 | medium | - | AwsEcrContainerImage'],
  'ocsf-v2-compliance-config-2.5.json': ['security-hub-v2 | critical | Config.1 | AwsAccount'],
  'ocsf-v2-guardduty-newbinary.json': ['security-hub-v2 | medium | - | AwsEc2Instance'],
  'other-electriceye-normalized-not-asff.json': ['rejected: it names no resource'],
  'partner-datadog-signal-eventbridge.json': [
    'not a finding: events of aws.partner/datadog.com/security-alerts are not findings',
  ],
  's3-eventbridge-object-deleted.json': ['not a finding: events of aws.s3 are not findings'],
  'sechub-cis12-1.3-customaction-passed-notified.json': [
    'security-hub | informational | IAM.8 | AwsIamUser',
  ],
  'sechub-cis12-2.3-customaction-warning.json': [
    'security-hub | critical | CloudTrail.6 | AwsS3Bucket',
  ],
  'sechub-cis12-4.3-default-sg-customaction.json': [
    'security-hub | medium | EC2.2 | AwsEc2SecurityGroup',
  ],
  'sechub-customaction-cis-unsupported-version-1.7.json': [
    'security-hub | informational | - | AwsAccount',
  ],
  'sechub-customaction-cis12-2.9-vpc-flowlogs.json': ['security-hub | medium | EC2.6 | AwsEc2Vpc'],
  'sechub-customaction-custodian-lambda-cross-account.json': ['security-hub | low | - | Other'],
  'sechub-customaction-guardduty-asff-consolelogin.json': [
    'security-hub | medium | - | AwsIamAccessKey',
  ],
  'sechub-fsbp-autoscaling.1.json': ['security-hub | informational | AutoScaling.1 | AwsAccount'],
  'sechub-fsbp-lambda.1.json': ['security-hub | informational | Lambda.1 | AwsLambdaFunction'],
  'sechub-fsbp-redshift.6.json': ['security-hub | medium | Redshift.6 | AwsRedshiftCluster'],
  'sechub-fsbp-s3.2.json': ['security-hub | informational | S3.2 | AwsS3Bucket'],
  'sechub-imported-cis12-1.3-warning.json': ['security-hub | medium | IAM.8 | AwsAccount'],
  'sechub-imported-fsbp-ec2.7.json': ['security-hub | informational | EC2.7 | AwsAccount'],
  'sechub-insight-results-custodian.json': [
    'not a finding: insight results hold counts, no findings',
  ],
  'sechub-pci-iam.8.json': ['security-hub | informational | IAM.10 | AwsAccount'],
  'sechub-pci-pci.iam.6.json': ['security-hub | medium | - | AwsIamUser'],
  'sechub-v2-event-guardduty-high.json': ['security-hub-v2 | high | - | AwsEc2Instance'],
  'sechub-v2-event-guardduty-newbinary.json': ['security-hub-v2 | medium | - | AwsEc2Instance'],
  'sechub-v2-event-macie-sandbox.json': ['security-hub-v2 | medium | - | AwsS3Bucket'],
  'sns-wrapped-guardduty-malware-s3-object.json': [
    'not a finding: a malware scan result of an S3 object is not read as a finding yet',
  ],
};

function told(event: unknown): string[] {
  const reading = read(event);
  if (reading.kind !== 'findings') return [`${reading.kind}: ${reading.because}`];
  return [
    ...reading.findings.map(({ source, severity, control, resources }) =>
      [source, severity, control ?? '-', resources[0]?.kind].join(' | '),
    ),
    ...reading.rejected.map(({ because }) => `rejected: ${because}`),
  ];
}

const present = files();
const findingsOf = (name: string) =>
  wrap(load(name)).flatMap((event) => {
    const reading = read(event);
    return reading.kind === 'findings' ? reading.findings : [];
  });

test('every real event has an expectation', () => {
  expect(present.filter((name) => !(name in table))).toEqual([]);
});

for (const name of present) {
  test(`${name} is read as expected, as an object and as text`, () => {
    const events = wrap(load(name));

    expect(events.flatMap(told)).toEqual(table[name]);
    expect(events.map((event) => JSON.stringify(event)).flatMap(told)).toEqual(table[name]);
    for (const finding of findingsOf(name)) expect(Finding.parse(finding)).toEqual(finding);
  });
}

if (present.length > 0) {
  test('the ASFF and the OCSF copy of one Inspector finding have the same key', () => {
    const [asff] = findingsOf('asff-inspector2-cve-ocsf-examples.json');
    const [ocsf] = findingsOf('ocsf-inspector-cve-ocsf-examples.json');

    expect(asff?.key).toBe(ocsf?.key);
  });

  test('a finding shows its own account, not that of the envelope', () => {
    const [finding] = findingsOf('sechub-customaction-custodian-lambda-cross-account.json');

    expect(finding?.account).toBe('644160558196');
  });
}
