import {
  Macie2Client,
  CreateFindingsFilterCommand,
  DeleteFindingsFilterCommand,
  GetFindingsFilterCommand,
  GetFindingStatisticsCommand,
  ListFindingsFiltersCommand,
} from '@aws-sdk/client-macie2';
import type { Macie2Calls } from '../../operations/calls/macie2';
import { lazily, type Callers, type SessionConfig } from './callers';

export const macie2Callers = (config: SessionConfig): Callers<keyof Macie2Calls> => {
  const client = lazily(() => new Macie2Client(config));
  return {
    'macie2:CreateFindingsFilter': (input) => client().send(new CreateFindingsFilterCommand(input)),
    'macie2:DeleteFindingsFilter': (input) => client().send(new DeleteFindingsFilterCommand(input)),
    'macie2:GetFindingsFilter': (input) => client().send(new GetFindingsFilterCommand(input)),
    'macie2:GetFindingStatistics': (input) => client().send(new GetFindingStatisticsCommand(input)),
    'macie2:ListFindingsFilters': (input) => client().send(new ListFindingsFiltersCommand(input)),
  };
};
