import type { Route } from '../http/call';
import { getAutomation, listAutomations, startAutomation } from './automation';
import { describeExecution, startExecution } from './executions';

/** Both services post every operation to `/` and name it in a header. */
const posted = (operation: string, run: Route['run']): Route => ({
  operation,
  method: 'POST',
  path: '/',
  run,
});

export const ssmRoutes: Route[] = [
  posted('StartAutomationExecution', startAutomation),
  posted('DescribeAutomationExecutions', listAutomations),
  posted('GetAutomationExecution', getAutomation),
];

export const statesRoutes: Route[] = [
  posted('StartExecution', startExecution),
  posted('DescribeExecution', describeExecution),
];
