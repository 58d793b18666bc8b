import { toJSONSchema } from 'zod/mini';
import { Policy } from '../src/domain/policy';

/** The form of config/drawbridge.yml as people write it, times as text: editors complete and check the file with it. */
export const policySchema = () => ({
  title: 'Drawbridge policy',
  ...toJSONSchema(Policy, { io: 'input', unrepresentable: 'any' }),
});
