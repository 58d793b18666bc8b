import type { Route } from '../http/call';
import { createAllowList, deleteAllowList, getAllowList, listAllowLists } from './allow-lists';
import { describeBuckets } from './describe-buckets';
import {
  getClassificationExportConfiguration,
  putClassificationExportConfiguration,
} from './export';
import {
  createFindingsFilter,
  deleteFindingsFilter,
  getFindingsFilter,
  listFindingsFilters,
} from './findings-filters';
import {
  createCustomDataIdentifier,
  deleteCustomDataIdentifier,
  getCustomDataIdentifier,
  listCustomDataIdentifiers,
  testCustomDataIdentifier,
} from './identifiers';
import {
  getRevealConfiguration,
  getSensitiveDataOccurrences,
  getSensitiveDataOccurrencesAvailability,
  updateRevealConfiguration,
} from './reveal';
import { createSampleFindings } from './samples';
import { getFindings, getFindingStatistics, listFindings } from './findings';
import {
  createClassificationJob,
  describeClassificationJob,
  updateClassificationJob,
} from './jobs';
import { listClassificationJobs } from './list-jobs';
import { enableMacie, getMacieSession } from './session';

type Row = [operation: string, method: Route['method'], path: string, run: Route['run']];

const exportPath = '/classification-export-configuration';
const revealPath = '/findings/{findingId}/reveal';

const rows: Row[] = [
  ['EnableMacie', 'POST', '/macie', enableMacie],
  ['GetMacieSession', 'GET', '/macie', getMacieSession],
  ['CreateClassificationJob', 'POST', '/jobs', createClassificationJob],
  ['ListClassificationJobs', 'POST', '/jobs/list', listClassificationJobs],
  ['DescribeClassificationJob', 'GET', '/jobs/{jobId}', describeClassificationJob],
  ['UpdateClassificationJob', 'PATCH', '/jobs/{jobId}', updateClassificationJob],
  ['ListFindings', 'POST', '/findings', listFindings],
  ['GetFindings', 'POST', '/findings/describe', getFindings],
  ['GetFindingStatistics', 'POST', '/findings/statistics', getFindingStatistics],
  ['CreateSampleFindings', 'POST', '/findings/sample', createSampleFindings],
  ['CreateFindingsFilter', 'POST', '/findingsfilters', createFindingsFilter],
  ['ListFindingsFilters', 'GET', '/findingsfilters', listFindingsFilters],
  ['GetFindingsFilter', 'GET', '/findingsfilters/{id}', getFindingsFilter],
  ['DeleteFindingsFilter', 'DELETE', '/findingsfilters/{id}', deleteFindingsFilter],
  ['CreateCustomDataIdentifier', 'POST', '/custom-data-identifiers', createCustomDataIdentifier],
  ['ListCustomDataIdentifiers', 'POST', '/custom-data-identifiers/list', listCustomDataIdentifiers],
  ['TestCustomDataIdentifier', 'POST', '/custom-data-identifiers/test', testCustomDataIdentifier],
  ['GetCustomDataIdentifier', 'GET', '/custom-data-identifiers/{id}', getCustomDataIdentifier],
  [
    'DeleteCustomDataIdentifier',
    'DELETE',
    '/custom-data-identifiers/{id}',
    deleteCustomDataIdentifier,
  ],
  ['CreateAllowList', 'POST', '/allow-lists', createAllowList],
  ['ListAllowLists', 'GET', '/allow-lists', listAllowLists],
  ['GetAllowList', 'GET', '/allow-lists/{id}', getAllowList],
  ['DeleteAllowList', 'DELETE', '/allow-lists/{id}', deleteAllowList],
  ['PutClassificationExportConfiguration', 'PUT', exportPath, putClassificationExportConfiguration],
  ['GetClassificationExportConfiguration', 'GET', exportPath, getClassificationExportConfiguration],
  ['UpdateRevealConfiguration', 'PUT', '/reveal-configuration', updateRevealConfiguration],
  ['GetRevealConfiguration', 'GET', '/reveal-configuration', getRevealConfiguration],
  ['GetSensitiveDataOccurrences', 'GET', revealPath, getSensitiveDataOccurrences],
  [
    'GetSensitiveDataOccurrencesAvailability',
    'GET',
    `${revealPath}/availability`,
    getSensitiveDataOccurrencesAvailability,
  ],
  ['DescribeBuckets', 'POST', '/datasources/s3', describeBuckets],
];

export const macieRoutes: Route[] = rows.map(([operation, method, path, run]) => ({
  operation,
  method,
  path,
  run,
}));
