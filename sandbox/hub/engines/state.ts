import type { StartAutomationExecutionRequest } from '@aws-sdk/client-ssm';
import { Regional } from '../regional';
import type { World } from '../world';

/** A run of something, at a time. How it stands follows from the clock. */
interface Run {
  startedAt: number;
}
export interface Automation extends Run {
  id: string;
  request: StartAutomationExecutionRequest;
}
export interface Execution extends Run {
  arn: string;
  machineArn: string;
  name: string;
  input: string;
}

export interface EngineState {
  /** Newest last. */
  automations: Regional<Automation[]>;
  executions: Regional<Map<string, Execution>>;
}

export function emptyEngines(): EngineState {
  return {
    automations: new Regional(() => []),
    executions: new Regional(() => new Map<string, Execution>()),
  };
}

/** How far it is, from 0 to 1, which is its end. */
export function progress({ now, engineSeconds }: World, { startedAt }: Run): number {
  const passed = now().getTime() / 1000 - startedAt;
  return engineSeconds > 0 ? Math.min(1, passed / engineSeconds) : 1;
}
