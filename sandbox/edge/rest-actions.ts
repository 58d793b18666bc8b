import { s3Action } from './s3-actions';

interface Restful {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

// Method and path → the IAM action that AWS checks for it; `*` stands for one path segment.
const routes: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  securityhub: [
    ['POST /findings', 'GetFindings'],
    ['POST /findings/import', 'BatchImportFindings'],
    ['PATCH /findings/batchupdate', 'BatchUpdateFindings'],
    ['POST /findingHistory/get', 'GetFindingHistory'],
    ['POST /accounts', 'EnableSecurityHub'],
    ['GET /accounts', 'DescribeHub'],
    ['POST /actionTargets', 'CreateActionTarget'],
    ['POST /actionTargets/get', 'DescribeActionTargets'],
    ['DELETE /actionTargets/*', 'DeleteActionTarget'],
  ],
  macie2: [
    ['POST /macie', 'EnableMacie'],
    ['GET /macie', 'GetMacieSession'],
    ['POST /jobs', 'CreateClassificationJob'],
    ['GET /jobs/*', 'DescribeClassificationJob'],
    ['PATCH /jobs/*', 'UpdateClassificationJob'],
    ['POST /jobs/list', 'ListClassificationJobs'],
    ['PUT /reveal-configuration', 'UpdateRevealConfiguration'],
    ['GET /reveal-configuration', 'GetRevealConfiguration'],
    ['POST /findings', 'ListFindings'],
    ['POST /findings/describe', 'GetFindings'],
    ['POST /findings/statistics', 'GetFindingStatistics'],
    ['POST /findings/sample', 'CreateSampleFindings'],
    ['POST /findings/statistics', 'GetFindingStatistics'],
    ['GET /findings/*/reveal', 'GetSensitiveDataOccurrences'],
    ['GET /findings/*/reveal/availability', 'GetSensitiveDataOccurrencesAvailability'],
    ['POST /findingsfilters', 'CreateFindingsFilter'],
    ['GET /findingsfilters', 'ListFindingsFilters'],
    ['GET /findingsfilters/*', 'GetFindingsFilter'],
    ['DELETE /findingsfilters/*', 'DeleteFindingsFilter'],
    ['POST /allow-lists', 'CreateAllowList'],
    ['GET /allow-lists', 'ListAllowLists'],
    ['POST /custom-data-identifiers', 'CreateCustomDataIdentifier'],
    ['POST /custom-data-identifiers/list', 'ListCustomDataIdentifiers'],
    ['POST /custom-data-identifiers/test', 'TestCustomDataIdentifier'],
    ['GET /custom-data-identifiers/*', 'GetCustomDataIdentifier'],
    ['DELETE /custom-data-identifiers/*', 'DeleteCustomDataIdentifier'],
    ['POST /datasources/s3', 'DescribeBuckets'],
    ['POST /datasources/search-resources', 'SearchResources'],
    ['PUT /classification-export-configuration', 'PutClassificationExportConfiguration'],
    ['GET /classification-export-configuration', 'GetClassificationExportConfiguration'],
  ],
  lambda: [
    ['POST /*/functions/*/invocations', 'InvokeFunction'],
    ['GET /*/functions/*', 'GetFunction'],
    ['GET /*/functions/*/configuration', 'GetFunctionConfiguration'],
    ['PUT /*/functions/*/configuration', 'UpdateFunctionConfiguration'],
    ['GET /*/functions/*/policy', 'GetPolicy'],
    ['GET /*/functions/*/url', 'GetFunctionUrlConfig'],
    ['GET /*/event-source-mappings', 'ListEventSourceMappings'],
    ['POST /*/functions/*/policy', 'AddPermission'],
    ['DELETE /*/functions/*/policy/*', 'RemovePermission'],
    ['PUT /*/functions/*/concurrency', 'PutFunctionConcurrency'],
    ['DELETE /*/functions/*/concurrency', 'DeleteFunctionConcurrency'],
    ['GET /*/functions/*/concurrency', 'GetFunctionConcurrency'],
  ],
  guardduty: [
    ['GET /detector', 'ListDetectors'],
    ['POST /detector', 'CreateDetector'],
    ['POST /detector/*/findings/get', 'GetFindings'],
    ['POST /detector/*/findings/archive', 'ArchiveFindings'],
  ],
  'access-analyzer': [
    ['PUT /archive-rule', 'ApplyArchiveRule'],
    ['PUT /finding', 'UpdateFindings'],
  ],
  scheduler: [
    ['POST /schedules/*', 'CreateSchedule'],
    ['PUT /schedules/*', 'UpdateSchedule'],
    ['GET /schedules/*', 'GetSchedule'],
    ['DELETE /schedules/*', 'DeleteSchedule'],
  ],
  inspector2: [['POST /findings/list', 'ListFindings']],
};

const matches = (pattern: string, method: string, path: string): boolean => {
  const [verb, template = ''] = pattern.split(' ');
  if (verb !== method) return false;
  const wanted = template.split('/');
  const got = path.replace(/\/$/, '').split('/');
  return wanted.length === got.length && wanted.every((it, i) => it === '*' || it === got[i]);
};

/** The IAM action of a REST call; `METHOD /path` where the route is not known, so that it stands out. */
export const restAction = (service: string, request: Restful): string => {
  if (service === 's3') return s3Action(request);
  const { method, url } = request;
  const known = routes[service]?.find(([pattern]) => matches(pattern, method, url.pathname));
  return known?.[1] ?? `${method} ${url.pathname}`;
};
