import type { Route } from '../http/call';
import { createFindingAggregator } from './aggregate';
import { describeHub, enableSecurityHub, enableSecurityHubV2 } from './enrol';
import { getFindings } from './get-findings';
import { getFindingsV2 } from './get-findings-v2';
import { batchImportFindings } from './import';
import {
  createActionTarget,
  deleteActionTarget,
  describeActionTargets,
  updateActionTarget,
} from './targets';
import { batchUpdateFindings } from './update';
import { batchUpdateFindingsV2 } from './update-v2';

const target = '/actionTargets/{ActionTargetArn+}';

export const securityHubRoutes: Route[] = [
  { operation: 'EnableSecurityHub', method: 'POST', path: '/accounts', run: enableSecurityHub },
  { operation: 'DescribeHub', method: 'GET', path: '/accounts', run: describeHub },
  { operation: 'EnableSecurityHubV2', method: 'POST', path: '/hubv2', run: enableSecurityHubV2 },
  {
    operation: 'BatchImportFindings',
    method: 'POST',
    path: '/findings/import',
    run: batchImportFindings,
  },
  { operation: 'GetFindings', method: 'POST', path: '/findings', run: getFindings },
  {
    operation: 'BatchUpdateFindings',
    method: 'PATCH',
    path: '/findings/batchupdate',
    run: batchUpdateFindings,
  },
  { operation: 'GetFindingsV2', method: 'POST', path: '/findingsv2', run: getFindingsV2 },
  {
    operation: 'BatchUpdateFindingsV2',
    method: 'PATCH',
    path: '/findingsv2/batchupdatev2',
    run: batchUpdateFindingsV2,
  },
  {
    operation: 'CreateFindingAggregator',
    method: 'POST',
    path: '/findingAggregator/create',
    run: createFindingAggregator,
  },
  {
    operation: 'CreateActionTarget',
    method: 'POST',
    path: '/actionTargets',
    run: createActionTarget,
  },
  {
    operation: 'DescribeActionTargets',
    method: 'POST',
    path: '/actionTargets/get',
    run: describeActionTargets,
  },
  { operation: 'UpdateActionTarget', method: 'PATCH', path: target, run: updateActionTarget },
  { operation: 'DeleteActionTarget', method: 'DELETE', path: target, run: deleteActionTarget },
];
