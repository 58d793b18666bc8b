import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { controlOf } from '../../src/findings/controls';

const CIS = 'arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule';

test.each([
  [
    { securityControlId: 'CloudTrail.2', paths: ['pci-dss/v/3.2.1/PCI.CloudTrail.1'] },
    'CloudTrail.2',
  ],
  [{ securityControlId: 'cloudtrail.2', paths: [] }, 'CloudTrail.2'],
  [{ securityControlId: 'AUTOSCALING.5', paths: [] }, 'AutoScaling.5'],
  [{ idInStandard: '2.7', paths: [`${CIS}/2.7`] }, 'CloudTrail.2'],
  [{ paths: [`${CIS}/4.1`] }, 'EC2.13'],
  [{ paths: ['cis-aws-foundations-benchmark/v/1.4.0/3.7'] }, 'CloudTrail.2'],
  [{ paths: ['cis-aws-foundations-benchmark/v/3.0.0/5.6'] }, 'EC2.8'],
  [{ paths: ['aws-foundational-security-best-practices/v/1.0.0/ELBv2.1'] }, 'ELB.1'],
  [{ paths: ['nist-800-53/v/5.0.0/Autoscaling.5'] }, 'AutoScaling.5'],
  [{ paths: ['pci-dss/v/3.2.1/PCI.IAM.8'] }, 'IAM.10'],
  [{ idInStandard: 'pci.cw.1', paths: [] }, 'CloudWatch.1'],
  [{ idInStandard: 'CT.CloudTrail.2', paths: [] }, 'CloudTrail.2'],
  [{ idInStandard: 'ct.elbv2.1', paths: [] }, 'ELB.1'],
  [{ paths: ['security-control/s3.2'] }, 'S3.2'],
  [
    {
      paths: [
        undefined,
        'arn:aws-cn:securityhub:cn-north-1:111122223333:security-control/ec2.19/finding/x',
      ],
    },
    'EC2.19',
  ],
  [
    {
      paths: [
        'x',
        'arn:aws:securityhub:r:a:subscription/cis-aws-foundations-benchmark/v/1.2.0/2.9/finding/x',
      ],
    },
    'EC2.6',
  ],
  [{ securityControlId: 'NewService.1', paths: [] }, 'NewService.1'],
])('%j is control %s', (hints, control) => {
  expect(controlOf(hints)).toBe(control);
});

test.each([
  [{ paths: ['cis-aws-foundations-benchmark/v/1.7.0/1.6'] }],
  [{ paths: [`${CIS}/1.1`] }],
  [{ idInStandard: '2.7', paths: [] }],
  [{ idInStandard: 'PCI.Lambda.2', paths: ['pci-dss/v/3.2.1/PCI.Lambda.2'] }],
  [{ paths: ['arn:aws:lambda:us-east-1:111122223333:function:f'] }],
  [{ paths: ['cis-aws-foundations-benchmark/v/constructor/2.7', 'prowler-rds_instance'] }],
  [{ securityControlId: 'not a control', paths: [] }],
  [{ paths: [] }],
])('%j is no known control', (hints) => {
  expect(controlOf(hints)).toBeUndefined();
});

const mapping = join(__dirname, '../../../shared/reference/remediation-mapping.csv');
if (existsSync(mapping)) {
  test('the data agree with the whole mapping', () => {
    const [, ...rows] = readFileSync(mapping, 'utf8').trim().split('\n');
    const paths: Record<string, string> = {
      CIS: 'cis-aws-foundations-benchmark/v',
      FSBP: 'aws-foundational-security-best-practices/v',
      PCI: 'pci-dss/v',
      NIST: 'nist-800-53/v',
    };
    const wrong = rows.filter((row) => {
      const [standard = '', id = '', control = ''] = row.split(',');
      const [family = '', version = ''] = [standard.split(' ')[0], /[\d.]+$/.exec(standard)?.[0]];
      const found = controlOf({ paths: [`${paths[family]}/${version}/${id}`] });
      return found?.toLowerCase() !== control.toLowerCase();
    });

    expect(rows.length).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  });
}
