import { denyInstance as step, type DenyInstance } from '../../src/operations/iam/deny-instance';
import { MemoryAws } from '../support/memory-aws';
import { memoryRoles, type MemoryRole } from '../support/memory-roles';

export const run = 'rem-0000000000/0';
export const theirs =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}';

export const world = (policies: [string, string][] = [], more: Partial<MemoryRole> = {}) => {
  const role = { policies: new Map(policies), ...more };
  const roles = new Map([['web', role]]);
  const aws = new MemoryAws(memoryRoles(roles));
  const read = (input: DenyInstance) => step.read(aws, input, run);
  return {
    aws,
    roles,
    policies: role.policies,
    read,
    apply: async (input: DenyInstance) => step.apply(aws, input, await read(input), run),
    undo: async (input: DenyInstance, saved: Awaited<ReturnType<typeof read>>) =>
      step.undo(aws, input, saved, await read(input)),
  };
};
