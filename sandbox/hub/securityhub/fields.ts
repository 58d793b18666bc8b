type FilterKind = 'string' | 'date' | 'number' | 'map' | 'ip' | 'boolean' | 'keyword';
export interface Field {
  kind: FilterKind;
  path: string;
}

// Most filters are named after the field they read; the tables only spell out the differences.
const sameName = {
  string:
    'ProductArn AwsAccountId Id GeneratorId Region Title Description SourceUrl ProductName CompanyName VerificationState WorkflowState RecordState AwsAccountName',
  date: 'FirstObservedAt LastObservedAt CreatedAt UpdatedAt',
  number: 'Confidence Criticality',
  map: 'ProductFields UserDefinedFields',
  boolean: 'Sample',
} as const;

/** Filters `<prefix><Member>` that read `<place>.<Member>`. */
const groups: [kind: FilterKind, prefix: string, place: string, members: string][] = [
  ['string', 'Severity', 'Severity', 'Label'],
  ['number', 'Severity', 'Severity', 'Product Normalized'],
  ['string', 'Malware', 'Malware', 'Name Type Path State'],
  ['string', 'Network', 'Network', 'Direction Protocol SourceDomain SourceMac DestinationDomain'],
  ['number', 'Network', 'Network', 'SourcePort DestinationPort'],
  ['ip', 'Network', 'Network', 'SourceIpV4 SourceIpV6 DestinationIpV4 DestinationIpV6'],
  ['string', 'Process', 'Process', 'Name Path'],
  ['number', 'Process', 'Process', 'Pid ParentPid'],
  ['date', 'Process', 'Process', 'LaunchedAt TerminatedAt'],
  [
    'string',
    'ThreatIntelIndicator',
    'ThreatIntelIndicators',
    'Type Value Category Source SourceUrl',
  ],
  ['date', 'ThreatIntelIndicator', 'ThreatIntelIndicators', 'LastObservedAt'],
  ['string', 'Resource', 'Resources', 'Type Id Partition Region ApplicationName ApplicationArn'],
  ['string', 'Resource', 'Resources', 'Provider'],
  ['string', 'ResourceOwner', 'Resources.Owner', 'AccountId OrgId'],
  ['map', 'Resource', 'Resources', 'Tags'],
  ['map', 'ResourceDetails', 'Resources.Details', 'Other'],
  [
    'string',
    'ResourceAwsEc2Instance',
    'Resources.Details.AwsEc2Instance',
    'Type ImageId KeyName IamInstanceProfileArn VpcId SubnetId',
  ],
  [
    'ip',
    'ResourceAwsEc2Instance',
    'Resources.Details.AwsEc2Instance',
    'IpV4Addresses IpV6Addresses',
  ],
  ['date', 'ResourceAwsEc2Instance', 'Resources.Details.AwsEc2Instance', 'LaunchedAt'],
  ['string', 'ResourceAwsS3Bucket', 'Resources.Details.AwsS3Bucket', 'OwnerId OwnerName'],
  [
    'string',
    'ResourceAwsIamAccessKey',
    'Resources.Details.AwsIamAccessKey',
    'UserName PrincipalName Status',
  ],
  ['date', 'ResourceAwsIamAccessKey', 'Resources.Details.AwsIamAccessKey', 'CreatedAt'],
  ['string', 'ResourceAwsIamUser', 'Resources.Details.AwsIamUser', 'UserName'],
  ['string', 'ResourceContainer', 'Resources.Details.Container', 'Name ImageId ImageName'],
  ['date', 'ResourceContainer', 'Resources.Details.Container', 'LaunchedAt'],
  ['string', 'Compliance', 'Compliance', 'Status SecurityControlId'],
  ['string', 'Workflow', 'Workflow', 'Status'],
  ['string', 'RelatedFindings', 'RelatedFindings', 'ProductArn Id'],
  ['string', 'Note', 'Note', 'Text UpdatedBy'],
  ['date', 'Note', 'Note', 'UpdatedAt'],
  ['string', 'Vulnerabilities', 'Vulnerabilities', 'ExploitAvailable FixAvailable'],
  ['number', 'FindingProviderFields', 'FindingProviderFields', 'Confidence Criticality'],
  ['string', 'FindingProviderFields', 'FindingProviderFields', 'Types'],
  ['string', 'FindingProviderFieldsSeverity', 'FindingProviderFields.Severity', 'Label Original'],
  [
    'string',
    'FindingProviderFieldsRelatedFindings',
    'FindingProviderFields.RelatedFindings',
    'Id ProductArn',
  ],
  [
    'string',
    'ComplianceSecurityControlParameters',
    'Compliance.SecurityControlParameters',
    'Name Value',
  ],
];

const odd: [name: string, kind: FilterKind, path: string][] = [
  ['Type', 'string', 'Types'],
  ['RecommendationText', 'string', 'Remediation.Recommendation.Text'],
  ['ComplianceAssociatedStandardsId', 'string', 'Compliance.AssociatedStandards.StandardsId'],
  ['Keyword', 'keyword', 'Title'],
];

/** Filter attribute of GetFindings → where it reads in the finding. */
export const fields: ReadonlyMap<string, Field> = new Map<string, Field>([
  ...Object.entries(sameName).flatMap(([kind, names]) =>
    names
      .split(' ')
      .map((name): [string, Field] => [name, { kind: kind as FilterKind, path: name }]),
  ),
  ...groups.flatMap(([kind, prefix, place, members]) =>
    members
      .split(' ')
      .map((member): [string, Field] => [
        `${prefix}${member}`,
        { kind, path: `${place}.${member}` },
      ]),
  ),
  ...odd.map(([name, kind, path]): [string, Field] => [name, { kind, path }]),
]);
